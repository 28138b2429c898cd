using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How hosts are shown.</summary>
internal static class HostTable
{
    public static Table Of(IEnumerable<HostView> hosts) => TextTable.Of(
        ["host", "state", "machines", "in use", "memory", "free", "address"],
        hosts.Select(IReadOnlyList<string?> (host) =>
        [
            host.Name, host.State.ToString(), Words.Number(host.Machines), Words.Number(host.InUse), BytesOf(host.MemoryBytes), BytesOf(host.AvailableBytes), host.Own ? "this server" : host.Address,
        ]));

    private static string? BytesOf(long? bytes) => bytes is { } known ? Words.Bytes(known) : null;
}
