using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Machines;

/// <summary>Machines as an administrator sees and handles them.</summary>
public sealed class MachineCatalog(
    HouseDatabase database, IMachineHost host, ForksInFlight flights, MachineForge forge, MachineDisposal disposal, EventLog events)
{
    private const int LongestExecSeconds = 600;

    /// <summary>All machines by name.</summary>
    public async Task<IReadOnlyList<MachineView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = await context.Machines.AsNoTracking().OrderBy(m => m.Name).ToListAsync(cancellationToken);
        return rows.ConvertAll(View);
    }

    /// <summary>One machine. Faults: NotFound.</summary>
    public async Task<Outcome<MachineView>> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var row = await context.Machines.AsNoTracking().SingleOrDefaultAsync(m => m.Name == name, cancellationToken);
        return row is null ? NoMachine(name) : View(row);
    }

    /// <summary>Forks one more machine into a pool and waits until it is available or failed.</summary>
    public async Task<Outcome<MachineView>> ForkAsync(string pool, CancellationToken cancellationToken)
    {
        var reserved = await forge.ReserveAsync(pool, null, cancellationToken);
        if (!reserved.TryGet(out var row, out var fault)) return fault;
        await using var context = await database.ReadAsync(cancellationToken);
        var spec = (await context.Pools.AsNoTracking().SingleAsync(p => p.Name == pool, cancellationToken)).ToSpec();
        var made = await forge.Start(spec, row).WaitAsync(cancellationToken);
        return made.Fault is { } failed ? failed : await FindAsync(row.Name, cancellationToken);
    }

    /// <summary>Runs a program in a machine. That it was asked for is always an event. Faults: NotFound, InvalidRequest, those of the agent.</summary>
    public async Task<Outcome<ExecResult>> ExecAsync(string name, ExecMachineRequest request, string actor, CancellationToken cancellationToken)
    {
        if (request.Command is not { Count: > 0 } || request.Command.Any(part => part is null || part.Contains('\0', StringComparison.Ordinal)))
            return new Fault(ErrorCode.InvalidRequest, "There is no command to run.", null, "Give a program and its arguments.");
        if (request.TimeoutSeconds is < 1 or > LongestExecSeconds)
            return new Fault(ErrorCode.InvalidRequest, $"A time limit is 1 to {LongestExecSeconds} s, not {request.TimeoutSeconds}.");
        var found = await FindAsync(name, cancellationToken);
        if (!found.TryGet(out var machine, out var fault)) return fault;
        if (!MachineLosses.IsSettled(machine.State))
            return new Fault(ErrorCode.Busy, $"'{name}' is {machine.State} and cannot run anything.", null, "Wait until it is available.");
        await events.RecordAsync(new HouseEvent(
            EventKinds.MachineExec, $"Ran in '{name}': {string.Join(' ', request.Command)}", actor, machine.Pool, name), cancellationToken);
        return await host.ExecAsync(machine.Id, new ExecRequest(request.Command, request.TimeoutSeconds), cancellationToken);
    }

    /// <summary>Destroys a machine; a session on it ends. Faults: NotFound.</summary>
    public async Task<Outcome<Done>> DeleteAsync(string name, string actor, CancellationToken cancellationToken)
    {
        var found = await FindAsync(name, cancellationToken);
        if (!found.TryGet(out var machine, out var fault)) return fault;
        await disposal.DestroyAsync(machine.Id, actor).WaitAsync(cancellationToken);
        return Done.Yes;
    }

    private static Fault NoMachine(string name) => new(ErrorCode.NotFound, $"There is no machine '{name}'.");

    private MachineView View(MachineRow row)
    {
        var view = row.ToView();
        if (view.State != MachineState.Provisioning || flights.Customizing(row.Id) is not { } running) return view;
        return view with { State = MachineState.Customizing, ProcessId = running.ProcessId, Mac = running.Network?.Mac, Address = running.Network?.Address };
    }
}
