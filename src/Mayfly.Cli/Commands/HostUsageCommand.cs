using System.CommandLine;
using Mayfly.Cli.Output;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>host usage</c>.</summary>
internal sealed class HostUsageCommand(CliEnvironment environment)
    : ViewCommand<HostUsageView>(environment, "usage", "Show what machines take of the hosts' memory and disk.")
{
    protected override Task<Outcome<HostUsageView>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.HostUsageAsync(cancellationToken);

    protected override IRenderable Render(HostUsageView usage) => new Rows(
        TextTable.Facts(
            ("Memory", $"{Words.Bytes(usage.MemoryBytes)}, {Words.Bytes(usage.AvailableBytes)} still to be had"),
            ("Shared", $"{Words.Bytes(usage.SharedBytes)}: warm images, counted once"),
            ("Private", $"{Words.Bytes(usage.PrivateBytes)}: single machines' alone"),
            ("Free disk", Words.Bytes(usage.FreeDiskBytes))),
        TextTable.Of(["machine", "pool", "memory", "disk"], usage.Machines.Select(Row)));

    private static IReadOnlyList<string?> Row(MachineUsageView machine) =>
        [machine.Machine, machine.Pool, Words.Bytes(machine.PrivateBytes), Words.Bytes(machine.DiskBytes)];
}
