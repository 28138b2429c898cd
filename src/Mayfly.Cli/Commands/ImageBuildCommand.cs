using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>image build</c>: step 1 of the main path.</summary>
internal sealed class ImageBuildCommand : OperationCommand
{
    private readonly Argument<string> _recipe = new("recipe") { Description = "Recipe the server ships: xfce or micro" };

    public ImageBuildCommand(CliEnvironment environment)
        : base(environment, "build", "Build a golden image version from a recipe.") => Arguments.Add(_recipe);

    protected override Task<Outcome<OperationView>> StartAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.BuildImageAsync(new BuildImageRequest(parsed.GetRequiredValue(_recipe)), cancellationToken);
}
