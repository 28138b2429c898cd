using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How a list of pools is shown.</summary>
internal static class PoolTable
{
    public static Table Of(IEnumerable<PoolView> pools) => TextTable.Of(
        ["pool", "image", "version", "kind", "spare", "available", "in use", "total", "maximum", "push", "problem"],
        pools.Select(Row));

    public static string Kind(PoolView pool) => $"{Words.Kebab(pool.Assignment)}, {Words.Kebab(pool.Provisioning)}";

    private static IReadOnlyList<string?> Row(PoolView pool) =>
    [
        pool.Name, pool.Image, pool.Version, Kind(pool), Words.Number(pool.SpareNow), Words.Number(pool.Available), Words.Number(pool.InUse),
        Words.Number(pool.Total), Words.Number(pool.Maximum), pool.Push is { FinishedAt: null } push ? PushWords.Progress(push) : null,
        pool.Deleting ? "being deleted" : pool.Problem?.ToString(),
    ];
}
