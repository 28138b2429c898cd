using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>image publish</c>: step 2 of the main path.</summary>
internal sealed class ImagePublishCommand : OperationCommand
{
    private readonly Argument<string> _image = new("image") { Description = "Image, or image@version; the newest version when none is named" };

    public ImagePublishCommand(CliEnvironment environment)
        : base(environment, "publish", "Publish an image version into a warm image that can be forked.") => Arguments.Add(_image);

    protected override Task<Outcome<OperationView>> StartAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var image = ImageReference.Parse(parsed.GetRequiredValue(_image));
        return cli.Client.PublishImageAsync(image.Name, new PublishImageRequest(image.Version), cancellationToken);
    }
}
