using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>host list</c>.</summary>
internal sealed class HostListCommand(CliEnvironment environment) : ViewCommand<List<HostView>>(environment, "list", "List the hosts of the house, and how they are.")
{
    protected override Task<Outcome<List<HostView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) => cli.Client.HostsAsync(cancellationToken);

    protected override IRenderable Render(List<HostView> hosts) => HostTable.Of(hosts);
}
