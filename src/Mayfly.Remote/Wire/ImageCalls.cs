using Mayfly.Contracts;
using Mayfly.Engine;

namespace Mayfly.Remote.Wire;

/// <summary>What is asked of a host about images.</summary>
internal static class ImageCalls
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(60);

    public static readonly LongHostCall<ImageVersion, ProgressTold, ImageAnswer> Publish = new("images/publish");
    public static readonly LongHostCall<PublishMachineAsked, ProgressTold, ImageAnswer> PublishMachine = new("images/publish-machine");
    public static readonly HostCall<ImageVersion, Done> Unpublish = new("images/unpublish", Short);
}

internal sealed record ProgressTold(string Step, double Percent);

internal sealed record ImageAnswer(ImageVersion Image);

internal sealed record PublishMachineAsked(string MachineId, string Name);
