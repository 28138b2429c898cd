using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>host remove</c>.</summary>
internal sealed class HostRemoveCommand(CliEnvironment environment)
    : DeedCommand(environment, "remove", "Remove a host from the house. One that is lost goes with its machines.", "host", "Name of the host")
{
    protected override Deed Begin(MayflyClient client, string host, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.RemoveHostAsync(host, cancellationToken), $"The host {host} is removed.", new { Removed = host });
}
