using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Apps;
using Mayfly.Control.Hosts;
using Mayfly.Control.Machines;
using Mayfly.Control.Personas;
using Mayfly.Control.Pools;
using Mayfly.Control.Storage;
using Mayfly.Control.Volumes;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Sessions;

/// <summary>What a logon shall have attached, decided in the transaction that lends the machine: the volume's lease is taken in it.</summary>
public sealed class LogonPlan(IMachineHost host, HostDuty duty, VolumeLeases leases, PersonaLeases personas)
{
    /// <summary>
    /// Writes down what a session shall have. Nothing is changed on a fault: Busy while the persona is being saved, VolumeInUse, VolumeDisabled, or AttachFailed when the pool refuses
    /// logons without a volume and the machine can have none. One that may be over soon is told as such.
    /// </summary>
    internal async Task<(Fault? Fault, bool Soon)> ApplyAsync(
        MayflyDbContext context, PoolRow pool, MachineRow machine, SessionRow session, bool withoutVolume, CancellationToken cancellationToken)
    {
        var found = host.Find(machine.Id);
        if (await personas.TakeAsync(context, pool, session, cancellationToken) is { } saving) return (saving, true);
        if (pool.Settings.Volume is not null && !withoutVolume)
        {
            var (fault, soon) = await TakeVolumeAsync(context, pool, machine, session, found?.Os, cancellationToken);
            if (fault is not null) return (fault, soon);
        }

        var apps = await AppReader.OfUserAsync(context, session.User, pool.Name, cancellationToken);
        var wanted = apps.Where(app => app.Delivery != PackageDelivery.Demand).Select(app => app.Package.Id).ToList();
        var has = found?.Attached.Packages ?? [];
        session.Apps = [.. apps.Select(app => new SessionApp(app.App.Name, app.App.DisplayName, app.Package.Version, app.Delivery, has.Contains(app.Package.Id)))];
        session.Environment = await context.Environments.AnyAsync(cancellationToken) ? new SessionEnvironment(SetUp: false, [], []) : null;
        session.Attaching = session.Volume is not null || session.Persona is not null || session.Environment is not null || !wanted.SequenceEqual(has);
        return (null, false);
    }

    private async Task<(Fault? Fault, bool Soon)> TakeVolumeAsync(
        MayflyDbContext context, PoolRow pool, MachineRow machine, SessionRow session, string? os, CancellationToken cancellationToken)
    {
        if (os is null)
        {
            var unfit = new Fault(ErrorCode.AttachFailed, $"'{machine.Name}' can have no volume.", "Its image does not say which operating system it has.", "Build the image again with this version of Mayfly.");
            session.VolumeFault = unfit;
            return (pool.Settings.OnAttachFailure == AttachFailureRule.Refuse ? unfit : null, false);
        }

        var taken = await leases.TakeAsync(context, pool, machine, session.User, os, cancellationToken);
        if (taken.TryGet(out var volume, out var fault))
        {
            session.Volume = volume.Id;
            return (null, false);
        }

        // It is on its way home, unless the host that has it is lost with it.
        var away = await context.Volumes.Where(v => v.User == session.User && v.Os == os && v.Enabled && v.MachineId == null).Select(v => v.Host).SingleOrDefaultAsync(cancellationToken);
        if (away is not null) return (fault, duty.LetsGo(away));
        // A machine that is being destroyed frees it soon.
        var soon = await context.Volumes.AnyAsync(v => v.User == session.User && v.Os == os && v.Enabled && v.MachineId != null
            && !context.Machines.Any(m => m.Id == v.MachineId && m.State != MachineState.Deleting), cancellationToken);
        return (fault, soon);
    }
}
