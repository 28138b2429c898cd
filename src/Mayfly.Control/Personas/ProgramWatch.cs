using Mayfly.Contracts;
using Mayfly.Control.Sessions;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Personas;

/// <summary>Brings, in each session with settings that are brought when a program starts, those of the program that waits, and saves them when it has ended.</summary>
internal sealed class ProgramWatch(
    HouseDatabase database, IMachineHost host, ProgramStarts starts, AttachedSessions sessions, BackgroundJobs jobs, Lifetimes lifetimes, TimeProvider time, ILogger<ProgramWatch> logger)
    : SessionWatcher(database, sessions, jobs, lifetimes, time, logger)
{
    // A guest that tells of ends without end does not keep the host busy.
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = time;

    protected override string What => "Settings of programs";

    protected override bool Concerns(SessionRow session) => session.Persona is { Loaded: true, Parts.Count: > 0 };

    /// <inheritdoc/>
    protected override async Task<Outcome<bool>> HearAsync(SessionRow session, CancellationToken waiting, CancellationToken machine)
    {
        string? ended = null;
        while (await starts.PartsAsync(session.Id, waiting) is { Count: > 0 } parts)
        {
            var refused = await starts.WatchAsync(session, parts, waiting);
            // One that had all at the logon, since its programs can not wait.
            if (refused?.Code == ErrorCode.AgentRefused && parts.All(part => part.Ready)) return false;
            if (refused is not null) return refused;
            var heard = await host.AwaitProgramAsync(session.MachineId, ended, waiting);
            if (!heard.TryGet(out var report, out var fault)) return fault;
            // What a guest says is checked.
            if (parts.FirstOrDefault(part => part.Name == report.Name) is not { } part || (part.Ready && !report.Ended))
                return new Fault(ErrorCode.AgentProtocol, "The guest named a program that can not be waited for.");
            ended = report.Ended ? report.Name : null;
            if (!report.Ended) await starts.BringAsync(session, report.Name, machine);
            else if (await starts.SaveAsync(session.Id, report.Name, machine)) await Task.Delay(Breath, _time, machine);
        }

        return false;
    }
}
