using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>image unpublish</c>.</summary>
internal sealed class ImageUnpublishCommand : VerbCommand
{
    private readonly Argument<string> _image = new("image") { Description = "image@version" };

    public ImageUnpublishCommand(CliEnvironment environment)
        : base(environment, "unpublish", "Remove a warm image; the golden image stays.")
    {
        Arguments.Add(_image);
        _image.Validators.Add(result =>
        {
            if (string.IsNullOrEmpty(ImageReference.Parse(result.GetValueOrDefault<string>()).Version))
                result.AddError("Say which version to unpublish, as image@version; \"mayfly image list\" shows them.");
        });
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var image = ImageReference.Parse(parsed.GetRequiredValue(_image));
        var outcome = await cli.Client.UnpublishImageAsync(image.Name, image.Version!, cancellationToken);
        return cli.Report.Confirm(outcome, $"{image.Name}@{image.Version} is no longer published.", new { Unpublished = $"{image.Name}@{image.Version}" });
    }
}
