using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool show</c>.</summary>
internal sealed class PoolShowCommand(CliEnvironment environment)
    : NamedViewCommand<PoolView>(environment, "show", "Show one pool.", "pool", "Pool name")
{
    protected override Task<Outcome<PoolView>> ReadAsync(MayflyClient client, string pool, CancellationToken cancellationToken) =>
        client.PoolAsync(pool, cancellationToken);

    protected override IRenderable Render(PoolView pool) => PoolFacts.Of(pool);
}
