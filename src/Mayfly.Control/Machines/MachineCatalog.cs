using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Machines;

/// <summary>Machines as an administrator sees and uses them.</summary>
public sealed class MachineCatalog(
    HouseDatabase database, IMachineHost host, MachineOperations operations, MachineForge forge, MachineDisposal disposal, EventLog events)
{
    private const int LongestExecSeconds = 600;

    /// <summary>The machines of the pools of a scope, by name, in parts.</summary>
    /// <param name="scope">Pools whose machines may be seen.</param>
    /// <param name="filter">Which of them are wanted.</param>
    /// <param name="after">Last name already seen, or null.</param>
    /// <param name="limit">Most machines to return.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Page<MachineView>> PageAsync(PoolScope scope, MachineFilter filter, string? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var found = filter.Of(
            scope.Pools is { } pools ? context.Machines.AsNoTracking().Where(m => pools.Contains(m.Pool)) : context.Machines.AsNoTracking(),
            operations.Showing(phase => phase == MachinePhase.Booting), operations.Showing(phase => phase != MachinePhase.Booting));
        var total = await found.CountAsync(cancellationToken);
        var rows = await (after is null ? found : found.Where(m => string.Compare(m.Name, after) > 0)).OrderBy(m => m.Name).Take(limit + 1).ToListAsync(cancellationToken);
        return new Page<MachineView>([.. rows.Take(limit).Select(View)], rows.Count > limit ? rows[limit - 1].Name : null, total);
    }

    /// <summary>One machine. Faults: NotFound.</summary>
    public async Task<Outcome<MachineView>> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var row = await context.Machines.AsNoTracking().SingleOrDefaultAsync(m => m.Name == name, cancellationToken);
        return row is null ? NoMachine(name) : View(row) with { Trace = host.Find(row.Id)?.Trace ?? [] };
    }

    /// <summary>Makes one more machine of a pool, beyond its spare level, and waits until it is available or failed.</summary>
    public async Task<Outcome<MachineView>> ForkAsync(string pool, CancellationToken cancellationToken)
    {
        var reserved = await forge.ReserveAsync(pool, null, extra: true, cancellationToken);
        if (!reserved.TryGet(out var row, out var fault)) return fault;
        var made = await forge.ProvisionAsync(row.Id, row.Name).WaitAsync(cancellationToken);
        return made.Fault is { } failed ? failed : await FindAsync(row.Name, cancellationToken);
    }

    /// <summary>Runs a program in a machine. That it was asked for is always an event. Faults: NotFound, InvalidRequest, MachineStateWrong, those of the agent.</summary>
    public async Task<Outcome<ExecResult>> ExecAsync(string name, ExecMachineRequest request, string actor, CancellationToken cancellationToken)
    {
        if (request.Command is not { Count: > 0 } || request.Command.Any(part => part is null || part.Contains('\0', StringComparison.Ordinal)))
            return new Fault(ErrorCode.InvalidRequest, "There is no command to run.", null, "Give a program and its arguments.");
        if (request.TimeoutSeconds is < 1 or > LongestExecSeconds)
            return new Fault(ErrorCode.InvalidRequest, $"A time limit is 1 to {LongestExecSeconds} s, not {request.TimeoutSeconds}.");
        var found = await FindAsync(name, cancellationToken);
        if (!found.TryGet(out var machine, out var fault)) return fault;
        if (host.Find(machine.Id) is not { Ready: true })
            return new Fault(ErrorCode.MachineStateWrong, $"'{name}' is {machine.State} and cannot run anything.", null, "Wait until it is available.");
        await events.RecordAsync(new HouseEvent(
            EventKinds.MachineExec, $"Ran in '{name}': {string.Join(' ', request.Command)}", actor, machine.Pool, name), cancellationToken);
        return await host.ExecAsync(machine.Id, new ExecRequest(request.Command, request.TimeoutSeconds), cancellationToken);
    }

    /// <summary>Destroys a machine; a session on it ends. Faults: NotFound.</summary>
    public async Task<Outcome<Done>> DeleteAsync(string name, string actor, CancellationToken cancellationToken)
    {
        var found = await FindAsync(name, cancellationToken);
        if (!found.TryGet(out var machine, out var fault)) return fault;
        return await disposal.DestroyAsync(machine.Id, actor).WaitAsync(cancellationToken);
    }

    /// <summary>What the machines take of all hosts.</summary>
    public async Task<HostUsageView> UsageAsync(CancellationToken cancellationToken)
    {
        var usage = await host.MeasureAsync(cancellationToken);
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = await context.Machines.AsNoTracking().OrderBy(m => m.Name).Select(m => new { m.Id, m.Name, m.Pool }).ToListAsync(cancellationToken);
        var machines = rows.Join(usage.Machines, row => row.Id, used => used.MachineId, (row, used) => new MachineUsageView(row.Name, row.Pool, used.PrivateBytes, used.DiskBytes)).ToList();
        return new HostUsageView(
            usage.MemoryBytes, usage.AvailableBytes, usage.SharedBytes, machines.Sum(machine => machine.PrivateBytes), usage.FreeDiskBytes, machines);
    }

    internal static Fault NoMachine(string name) => new(ErrorCode.NotFound, $"There is no machine '{name}'.");

    private MachineView View(MachineRow row)
    {
        var view = row.ToView() with { Operation = operations.NameOf(row.Id) };
        if (row.State is not (MachineState.Provisioning or MachineState.Provisioned) || operations.Progress(row.Id) is not { } seen) return view;
        var state = seen.Phase == MachinePhase.Booting ? MachineState.Startup : MachineState.Customizing;
        return view with { State = state, ProcessId = seen.ProcessId, Mac = seen.Network?.Mac, Address = seen.Network?.Address };
    }
}
