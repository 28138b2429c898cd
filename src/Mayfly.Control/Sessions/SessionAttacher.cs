using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Environments;
using Mayfly.Control.Events;
using Mayfly.Control.Machines;
using Mayfly.Control.Personas;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Sessions;

/// <summary>
/// Sees to it that a session has what it shall have before it is handed over, and gives it more on demand. Attaching is an operation on the
/// machine like others: one at a time, interrupted by its destruction alone, and finished though whoever waited for it has gone.
/// </summary>
public sealed class SessionAttacher(
    HouseDatabase database, IMachineHost host, MachineOperations operations, AttachWork work, SessionDesk desk, AttachedSessions sessions, BackgroundJobs jobs, EventLog events,
    HouseChanges changes)
{
    private const string Attach = "attach";

    /// <summary>Begins attaching what a session lacks; null when it lacks nothing. One that was attached before is left as it is, unless its machine has lost it.</summary>
    internal async Task<Task<Outcome<SessionView>>?> BeginAsync(string sessionId, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var row = await context.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == sessionId && s.EndedAt == null, cancellationToken);
        if (row is null) return null;
        if (row.Attaching || await HasLostAsync(context, row, cancellationToken)) return Begin(row, null, null);
        sessions.Tell(sessionId);
        return null;
    }

    /// <summary>
    /// Attaches an on-demand application of a session now. One that is there already is a success.
    /// Faults: NotFound, PackageForeign, AttachFailed, those of attaching.
    /// </summary>
    public async Task<Outcome<SessionView>> AttachAppAsync(string sessionId, string app, string? actor, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var row = await context.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == sessionId && s.EndedAt == null, cancellationToken);
        if (row is null) return SessionFaults.NoSession;
        if (row.Apps.FirstOrDefault(known => known.App == app) is not { } wanted) return new Fault(ErrorCode.NotFound, $"The session has no application '{app}'.", null, "It is attached when it is assigned at the next logon.");
        return wanted.Attached ? row.ToView() : await Begin(row, app, actor).WaitAsync(cancellationToken);
    }

    private Task<Outcome<SessionView>> Begin(SessionRow row, string? app, string? actor) =>
        jobs.Start($"attach to {row.Machine}", token => AttachAsync(row, app, actor, token));

    private async Task<Outcome<SessionView>> AttachAsync(SessionRow row, string? app, string? actor, CancellationToken stopping)
    {
        var refuses = false;
        while (true)
        {
            // Before it is asked for: what stands in the way may be over in between.
            var changed = changes.Next;
            var done = await operations.RunAsync(row.MachineId, row.Machine, app is null ? Attach : $"{Attach} {app}", scope => RunAsync(scope, row.Id, app, actor, () => refuses = true));
            // Only now: the destruction of the machine waits for the operation it interrupts.
            if (refuses) await desk.RefuseAsync(row.Id);
            if (done.Fault is null) return await ViewAsync(row.Id);
            if (done.Fault.Code != ErrorCode.Busy || operations.NameOf(row.MachineId) == MachineOperations.Delete) return done.Fault;
            await changed.WaitAsync(stopping);
        }
    }

    private async Task<Outcome<Done>> RunAsync(MachineOperations.Scope scope, string sessionId, string? app, string? actor, Action refuse)
    {
        await using var context = await database.ReadAsync(scope.Token);
        // Read anew: another application may have been attached before this one's turn.
        var row = await context.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == sessionId && s.EndedAt == null, scope.Token);
        if (row is null) return SessionFaults.NoSession;
        scope.Pool = row.Pool;
        var attached = await work.DoAsync(row, app, scope.Token);
        var refuses = await WriteAsync(row, attached, app, actor);
        changes.Announce();
        // A launcher of what is there by now is not to be shown any more.
        if (app is not null) sessions.Tell(sessionId);
        if (app is not null) return attached.Apps.First(known => known.App == app).Fault is { } fault ? fault : Done.Yes;
        if (refuses)
        {
            refuse();
            return attached.Missing!;
        }

        sessions.Tell(sessionId);
        return Done.Yes;
    }

    /// <summary>Writes down what came of it. True when the logon is to be refused. No token: it has happened.</summary>
    private Task<bool> WriteAsync(SessionRow before, AttachedSession attached, string? app, string? actor) => database.WriteAsync(async context =>
    {
        var row = await context.Sessions.SingleOrDefaultAsync(s => s.Id == before.Id && s.EndedAt == null);
        if (row is null) return false;
        (row.Apps, row.VolumeFault) = (attached.Apps, attached.VolumeFault);
        if (app is null && attached.AppSeconds is { } apps) row.AddStep(SessionSteps.Apps, apps);
        if (app is null && attached.VolumeSeconds is { } volume) row.AddStep(SessionSteps.Volume, volume);
        if (attached.Persona is { } persona) WriteDown(context, row, persona, attached.PersonaSeconds ?? 0);
        if (attached.Environment is { } environment) WriteDown(context, row, environment, attached.EnvironmentSeconds ?? 0);
        if (app is not null && attached.Apps.Any(known => known.App == app && known.Attached))
            events.Add(context, new HouseEvent(EventKinds.AppAttached, $"'{app}' was attached to '{row.Machine}' on demand.", actor ?? row.User, row.Pool, row.Machine) { User = row.User });
        var refuses = row.Attaching && app is null && attached.Missing is not null
            && (await context.Pools.AsNoTracking().SingleAsync(p => p.Name == row.Pool)).Settings.OnAttachFailure == AttachFailureRule.Refuse;
        // One that is refused stays as it was until it is ended: should mayflyd be cut off before that, it is tried again.
        if (app is null && !refuses) row.Attaching = false;
        if (attached.Missing is not { } missing) return false;
        events.Add(context, new HouseEvent(EventKinds.AttachFailed, $"'{row.User}' does not have all on '{row.Machine}'. {missing}", Pool: row.Pool, Machine: row.Machine, Level: "warning") { User = row.User });
        return refuses;
    }, CancellationToken.None);

    private void WriteDown(MayflyDbContext context, SessionRow row, SessionPersona persona, double seconds)
    {
        row.Persona = persona;
        row.AddStep(SessionSteps.Persona, seconds);
        foreach (var fault in persona.Parts.Select(part => part.Fault).Prepend(persona.Fault).OfType<Fault>())
            events.Add(context, PersonaLoading.NotLoaded(row, fault));
    }

    private void WriteDown(MayflyDbContext context, SessionRow row, SessionEnvironment environment, double seconds)
    {
        row.Environment = environment;
        if (environment.Names.Count > 0) row.AddStep(SessionSteps.Environment, seconds);
        if (environment.Problems.Count > 0) events.Add(context, SessionEnvironments.Told(row, environment.Problems));
    }

    /// <summary>True when a machine does not have what its session was given: it was turned off and on again.</summary>
    private async Task<bool> HasLostAsync(MayflyDbContext context, SessionRow row, CancellationToken cancellationToken)
    {
        if (host.Find(row.MachineId)?.Attached is not { } has) return false;
        if (row is { Volume: not null, VolumeFault: null } && has.Volume is null) return true;
        var given = row.Apps.Where(app => app.Attached).ToList();
        if (given.Count == 0) return false;
        var names = given.ConvertAll(app => app.App);
        var packages = await context.Packages.AsNoTracking().Where(p => names.Contains(p.App)).Select(p => new { p.Id, p.App, p.Version }).ToListAsync(cancellationToken);
        return packages.Exists(p => given.Exists(app => app.App == p.App && app.Version == p.Version) && !has.Packages.Contains(p.Id));
    }

    private async Task<Outcome<SessionView>> ViewAsync(string sessionId)
    {
        await using var context = await database.ReadAsync(CancellationToken.None);
        return await context.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == sessionId && s.EndedAt == null) is { } row ? row.ToView() : SessionFaults.NoSession;
    }
}
