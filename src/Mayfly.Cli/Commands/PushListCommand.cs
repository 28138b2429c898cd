using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool push list</c>.</summary>
internal sealed class PushListCommand(CliEnvironment environment)
    : NamedViewCommand<List<PushView>>(environment, "list", "List the pushes of a pool, newest first.", "pool", "Pool name")
{
    protected override Task<Outcome<List<PushView>>> ReadAsync(MayflyClient client, string pool, CancellationToken cancellationToken) =>
        client.PushesAsync(pool, cancellationToken);

    protected override IRenderable Render(List<PushView> pushes) => PushTable.Of(pushes);
}
