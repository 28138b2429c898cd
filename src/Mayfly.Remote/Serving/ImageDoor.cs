using Mayfly.Contracts;
using Mayfly.Engine;
using Mayfly.Remote.Wire;
using Microsoft.AspNetCore.Routing;

namespace Mayfly.Remote.Serving;

/// <summary>Serves this host's images.</summary>
internal sealed class ImageDoor(IImageLibrary images, MachineLedger ledger)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map(ledger, ImageCalls.Publish, (asked, tell, token) => TellAsync(tell, progress => images.PublishAsync(asked.Name, asked.Version, progress, token)));
        routes.Map(ledger, ImageCalls.PublishMachine, (asked, tell, token) => TellAsync(tell, progress => images.PublishMachineAsync(asked.MachineId, asked.Name, progress, token)));
        routes.Map(ledger, ImageCalls.Unpublish, images.UnpublishAsync);
    }

    private static async Task<Outcome<ImageAnswer>> TellAsync(Action<ProgressTold> tell, Func<IProgress<StepProgress>, Task<Outcome<ImageVersion>>> work)
    {
        var made = await work(new Told(tell));
        return made.TryGet(out var image, out var fault) ? new ImageAnswer(image) : fault;
    }

    private sealed class Told(Action<ProgressTold> tell) : IProgress<StepProgress>
    {
        public void Report(StepProgress value) => tell(new ProgressTold(value.Step, value.Percent));
    }
}
