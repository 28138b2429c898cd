using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>flex-config remove</c>.</summary>
internal sealed class FlexConfigRemoveCommand(CliEnvironment environment)
    : DeedCommand(environment, "remove", "Remove a Flex config of this house; one that comes with Mayfly is as it was again.", "flex-config", "Name of the Flex config")
{
    protected override Deed Begin(MayflyClient client, string config, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.RemoveFlexConfigAsync(config, cancellationToken), $"The Flex config {config} is removed.", new { Removed = config });
}
