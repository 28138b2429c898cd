using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Sessions;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Environments;

/// <summary>Gives sessions their environments: at the logon after everything else, and later what is to be run then.</summary>
public sealed class SessionEnvironments(HouseDatabase database, IMachineHost host, EnvironmentBook environments, LogonFactFinder facts, EventLog events)
{
    /// <summary>Sets up those that a session's logon meets the conditions of. What could not be set up is in the result.</summary>
    internal async Task<SessionEnvironment> SetUpAsync(SessionRow session, CancellationToken cancellationToken)
    {
        var known = await environments.ReadAsync(cancellationToken);
        var found = await facts.FindAsync(session, known.Select(one => one.When), cancellationToken);
        var given = known.Where(one => one.Enabled && found.Meet(one.When)).ToList();
        var result = new SessionEnvironment(true, given.ConvertAll(one => one.Name), []);
        if (given.Count == 0) return result;
        var outcome = await host.SetEnvironmentAsync(session.MachineId, EnvironmentPlan.ForLogon(given, session), cancellationToken);
        return result with { Problems = Problems(outcome) };
    }

    /// <summary>Runs the tasks of a log-off. No token: the machine waits for it, and each task has its own limit.</summary>
    internal async Task LeaveAsync(string machineId)
    {
        if (await SessionAsync(machineId) is { } session) await RunAsync(session, TaskMoment.Logoff, CancellationToken.None);
    }

    /// <summary>Runs the tasks of a moment, of what a session was given at its logon. Those that fail are told, and keep nobody.</summary>
    internal async Task RunAsync(SessionRow session, TaskMoment moment, CancellationToken cancellationToken)
    {
        if (session.Environment is not { Names.Count: > 0 } has || host.Find(session.MachineId) is not { Ready: true, Trouble: null }) return;
        var given = (await environments.ReadAsync(cancellationToken)).Where(one => has.Names.Contains(one.Name));
        if (EnvironmentPlan.ForMoment(given, moment) is not { } request) return;
        var problems = Problems(await host.SetEnvironmentAsync(session.MachineId, request, cancellationToken));
        if (problems.Count > 0) await events.RecordAsync(Told(session, problems), CancellationToken.None);
    }

    /// <summary>The event that tells of problems.</summary>
    internal static HouseEvent Told(SessionRow session, IReadOnlyList<SessionEnvironmentProblem> problems) =>
        new(EventKinds.EnvironmentIncomplete, $"Not all that environments give '{session.User}' on '{session.Machine}' came about. {string.Join(" ", problems.Select(problem => problem.Fault.ToString()))}", Pool: session.Pool, Machine: session.Machine, Level: "warning") { User = session.User };

    private async Task<SessionRow?> SessionAsync(string machineId)
    {
        await using var context = await database.ReadAsync(CancellationToken.None);
        return await context.Sessions.AsNoTracking().Where(s => s.MachineId == machineId).OrderByDescending(s => s.StartedAt).FirstOrDefaultAsync();
    }

    private static IReadOnlyList<SessionEnvironmentProblem> Problems(Outcome<EnvironmentReport> outcome) =>
        outcome.TryGet(out var report, out var fault) ? [.. report.Problems.Select(ToProblem)] : [new SessionEnvironmentProblem("environment", fault)];

    private static SessionEnvironmentProblem ToProblem(EnvironmentProblem problem) => new(
        problem.Name, new Fault(ErrorCode.AttachFailed, $"The {problem.Name} could not be set up.", problem.Reason, "Look at the environments of the house, and at whether the desktop reaches what they name."));
}
