using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How machines are shown.</summary>
internal static class MachineTable
{
    private static readonly string[] s_columns = ["machine", "pool", "state", "operation", "user", "owner", "address", "image", "ready after", "created"];

    /// <summary>With their hosts where there is more than the server's own.</summary>
    public static Table Of(IEnumerable<MachineView> machines)
    {
        var all = machines.ToList();
        return all.Exists(machine => machine.Host is not null)
            ? TextTable.Of([.. s_columns, "host"], all.Select(IReadOnlyList<string?> (machine) => [.. Row(machine), machine.Host]))
            : TextTable.Of(s_columns, all.Select(Row));
    }

    public static Grid Facts(MachineView machine) => TextTable.Facts(
        ("Machine", machine.Name),
        ("Id", machine.Id),
        ("Pool", machine.Pool),
        ("Host", machine.Host),
        ("State", machine.State.ToString()),
        ("Operation", machine.Operation),
        ("Image", $"{machine.Image}@{machine.Version}"),
        ("User", machine.User),
        ("Owner", machine.Owner),
        ("Address", machine.Address),
        ("MAC", machine.Mac),
        ("QEMU process", machine.ProcessId is { } process ? Words.Number(process) : null),
        ("Created", Words.When(machine.CreatedAt)),
        ("Disk fresh since", machine.RefreshedAt is { } fresh ? Words.When(fresh) : null),
        ("Running after", machine.Timeline is { } line ? $"{Words.Milliseconds(line.RunningMs)} ({(line.ShellReady ? "shell ready" : "no shell")})" : null),
        ("Ready after", Ready(machine)),
        ("Fault", machine.Fault?.ToString()));

    public static Table Trace(IReadOnlyList<ForkStep> steps) => TextTable.Of(
        ["step", "from", "took"],
        steps.Select(step => new[] { new string(' ', 2 * step.Depth) + step.Name, Words.Microseconds(step.StartMicroseconds), Words.Microseconds(step.Microseconds) }));

    private static IReadOnlyList<string?> Row(MachineView machine) =>
    [
        machine.Name, machine.Pool, machine.State.ToString(), machine.Operation, machine.User, machine.Owner, machine.Address,
        $"{machine.Image}@{machine.Version}", Ready(machine), Words.When(machine.CreatedAt),
    ];

    private static string? Ready(MachineView machine) => machine.Timeline is { } line ? Words.Milliseconds(line.ReadyMs) : null;
}
