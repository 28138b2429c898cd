using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Pools;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Mayfly.Remote.Calling;
using Mayfly.Remote.Trust;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Hosts;

/// <summary>The hosts of the house, as an administrator sees and changes them.</summary>
public sealed class HostBook(HouseDatabase database, HostFleet fleet, HostDuty duty, VolumeCarrier volumes, HouseAuthorityStore authorities, PoolHealth health, PoolQueue queue, HouseChanges changes, EventLog events, TimeProvider time)
{
    /// <summary>All hosts, the server's own first if it runs machines, then by name.</summary>
    public async Task<IReadOnlyList<HostView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = await context.Hosts.AsNoTracking().Where(h => h.Address != null).OrderBy(h => h.Name).ToListAsync(cancellationToken);
        var machines = (await context.Machines.GroupBy(m => new { m.Host, InUse = m.User != null }).Select(group => new { group.Key.Host, group.Key.InUse, Count = group.Count() })
            .ToListAsync(cancellationToken)).ToLookup(group => group.Host ?? HostRow.Own);
        var views = new List<HostView>();
        if (fleet.OwnRuns) views.Add(await OwnAsync(cancellationToken));
        views.AddRange(rows.Select(View));
        return views.ConvertAll(view => view with
        {
            Machines = machines[view.Own ? HostRow.Own : view.Name].Sum(group => group.Count),
            InUse = machines[view.Own ? HostRow.Own : view.Name].Where(group => group.InUse).Sum(group => group.Count),
        });
    }

    /// <summary>Makes a host a member. Faults: InvalidRequest, AlreadyExists, HostUnreachable, HostUntrusted.</summary>
    public async Task<Outcome<HostView>> AddAsync(AddHostRequest request, string actor, CancellationToken cancellationToken)
    {
        if (!JoinToken.TryParse(request.Token, out var token))
            return new Fault(ErrorCode.InvalidRequest, "That is no token of a host.", null, "Take it whole from the host's log: it begins with mayfly-host://.");
        if (!(await HostJoining.AskAsync(token, cancellationToken)).TryGet(out var joining, out var unreachable)) return unreachable;
        using (joining)
        {
            var row = new HostRow { Name = request.Name ?? joining.Hostname.ToLowerInvariant(), Address = token.Uri.ToString(), JoinedAt = time.GetUtcNow() };
            using var trust = await authorities.GetAsync(cancellationToken);
            // Written down before it joins: one that has joined is never without a row.
            if (await ReserveAsync(row, actor, cancellationToken) is { } refused) return refused;
            // Nor is one with a row ever without a connection: whoever asked may have gone.
            if ((await joining.GiveAsync(row.Name, trust, CancellationToken.None)).Fault is { } fault)
            {
                await ForgetAsync(row.Name);
                return fault;
            }

            await fleet.ConnectAsync(row, CancellationToken.None);
            return View(row);
        }
    }

    /// <summary>Begins or ends the maintenance of a host. Faults: NotFound.</summary>
    public async Task<Outcome<HostView>> ChangeAsync(string name, ChangeHostRequest request, string actor, CancellationToken cancellationToken)
    {
        if ((await ListAsync(cancellationToken)).FirstOrDefault(view => view.Name == name) is not { } host) return HostFaults.NoHost(name);
        var key = host.Own ? HostRow.Own : name;
        await database.WriteAsync(async context =>
        {
            var row = await context.Hosts.SingleOrDefaultAsync(h => h.Name == key, cancellationToken);
            if (row is null) context.Hosts.Add(row = new HostRow { Name = key, JoinedAt = time.GetUtcNow() });
            row.Maintenance = request.Maintenance;
            var what = request.Maintenance ? $"'{name}' is in maintenance: nothing new is made there." : $"The maintenance of '{name}' has ended.";
            return events.Add(context, new HouseEvent(EventKinds.HostChanged, what, actor));
        }, cancellationToken);
        fleet.Rest(key, request.Maintenance);
        health.HostsChanged();
        queue.Wake(PoolQueue.Everything);
        changes.Announce();
        var heard = host.State is HostState.Online or HostState.Maintenance;
        return host with { Maintenance = request.Maintenance, State = heard ? request.Maintenance ? HostState.Maintenance : HostState.Online : host.State };
    }

    /// <summary>Examines what a host can do. Faults: NotFound, HostUnreachable.</summary>
    public async Task<Outcome<DoctorReport>> ExamineAsync(string name, CancellationToken cancellationToken)
    {
        if (fleet.OwnRuns && HostRow.NameOf(name) is null) return await fleet.Own.ExamineAsync(cancellationToken);
        return fleet.Remote(name) is { } remote ? await remote.Machines.ExamineAsync(cancellationToken) : HostFaults.NoHost(name);
    }

    /// <summary>Removes a host from the house. Faults: NotFound, Busy while it has machines or volumes and is not lost.</summary>
    public async Task<Outcome<Done>> RemoveAsync(string name, string actor, CancellationToken cancellationToken)
    {
        if (fleet.Remote(name) is not { } remote) return HostFaults.NoHost(name);
        if (remote.Lost is null && remote.Machines.Machines.Count > 0)
            return new Fault(ErrorCode.Busy, $"'{name}' has {remote.Machines.Machines.Count} machines.", null, "Put it into maintenance, and wait until those in use are logged off.");
        if (remote.Lost is null && await volumes.EmptyAsync(remote, cancellationToken) is > 0 and var left)
            return new Fault(ErrorCode.Busy, $"'{name}' has {left} writable volumes that are not home yet.", "They were last written there.", "Try again in a minute. If they stay, see whether there is room for them on the server.");
        if (remote.Lost is null && (await remote.LeaveAsync(cancellationToken)).Fault is { } fault) return fault;
        foreach (var machine in remote.Machines.Machines) await remote.Machines.DestroyAsync(machine.MachineId);
        // What was last written to volumes there is given up with it: those at home are what there is.
        await volumes.TakeBackAsync(remote, cancellationToken);
        await ForgetAsync(name);
        await fleet.DisconnectAsync(name);
        fleet.Rest(name, rests: false);
        await events.RecordAsync(new HouseEvent(EventKinds.HostRemoved, $"The host '{name}' was removed from the house.", actor), cancellationToken);
        changes.Announce();
        return Done.Yes;
    }

    private async Task<HostView> OwnAsync(CancellationToken cancellationToken)
    {
        var usage = await fleet.Own.MeasureAsync(cancellationToken);
        return new HostView(HostRow.OwnName, Own: true, Address: null, duty.Rests(null) ? HostState.Maintenance : HostState.Online)
        {
            Maintenance = duty.Rests(null),
            MemoryBytes = usage.MemoryBytes,
            AvailableBytes = usage.AvailableBytes,
        };
    }

    private HostView View(HostRow row)
    {
        var remote = fleet.Remote(row.Name);
        var state = remote switch
        {
            null or { Lost: not null } => HostState.Lost,
            { Pulse: null } => HostState.Connecting,
            _ => duty.Rests(row.Name) ? HostState.Maintenance : HostState.Online,
        };
        return new HostView(row.Name, Own: false, row.Address, state)
        {
            Maintenance = duty.Rests(row.Name),
            MemoryBytes = remote?.Pulse?.MemoryBytes,
            AvailableBytes = remote?.Pulse?.AvailableBytes,
            Fault = remote?.Lost,
        };
    }

    private Task<Fault?> ReserveAsync(HostRow row, string actor, CancellationToken cancellationToken) => database.WriteAsync(async context =>
    {
        if (!NameRule.Allows(row.Name)) return new Fault(ErrorCode.InvalidRequest, $"'{row.Name}' is no name for a host.", $"A name is {NameRule.Words}.", "Give it another name.");
        if (row.Name == HostRow.OwnName || await context.Hosts.AnyAsync(h => h.Name == row.Name, cancellationToken))
            return new Fault(ErrorCode.AlreadyExists, $"There is a host '{row.Name}' already.", null, "Give it another name.");
        context.Hosts.Add(row);
        events.Add(context, new HouseEvent(EventKinds.HostAdded, $"The host '{row.Name}' at {row.Address} joins the house.", actor));
        return (Fault?)null;
    }, cancellationToken);

    private Task<int> ForgetAsync(string name) => database.WriteAsync(context => context.Hosts.Where(h => h.Name == name).ExecuteDeleteAsync(), CancellationToken.None);
}
