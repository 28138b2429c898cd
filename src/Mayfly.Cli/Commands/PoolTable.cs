using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How pools are shown.</summary>
internal static class PoolTable
{
    public static Table Of(IEnumerable<PoolView> pools) => TextTable.Of(
        ["pool", "image", "version", "spare", "available", "in use", "total", "maximum", "problem"],
        pools.Select(Row));

    public static Grid Facts(PoolView pool) => TextTable.Facts(
        ("Pool", pool.Name),
        ("Shown as", pool.DisplayName),
        ("Image", $"{pool.Image}@{pool.Version}"),
        ("Spare", Words.Number(pool.Spare)),
        ("Maximum", Words.Number(pool.Maximum)),
        ("Names", pool.NamePattern),
        ("Post-sync", pool.PostSync.Count == 0 ? null : $"{string.Join(' ', pool.PostSync)} (at most {pool.PostSyncTimeoutSeconds} s)"),
        ("Machines", $"{pool.Total}: {pool.Available} available, {pool.InUse} in use"),
        ("Problem", pool.Problem?.ToString()));

    private static IReadOnlyList<string?> Row(PoolView pool) =>
    [
        pool.Name, pool.Image, pool.Version, Words.Number(pool.Spare), Words.Number(pool.Available), Words.Number(pool.InUse),
        Words.Number(pool.Total), Words.Number(pool.Maximum), pool.Problem?.ToString(),
    ];
}
