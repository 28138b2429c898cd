using Mayfly.Contracts;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Sessions;

/// <summary>Writes down what the page says of a logon: when it showed the first picture.</summary>
public sealed class FirstFrames(HouseDatabase database, SessionDisplays displays, TimeProvider time)
{
    // What comes later tells nothing of the logon.
    private static readonly TimeSpan Logon = TimeSpan.FromMinutes(10);

    /// <summary>The first picture of a user's own session is shown. Counts once, while a display is open, soon after the start. Faults: NotFound.</summary>
    public Task<Outcome<Done>> ShownAsync(string sessionId, string user, CancellationToken cancellationToken)
    {
        var shown = displays.ShownFor(sessionId);
        return database.WriteAsync<Outcome<Done>>(async context =>
        {
            var session = await context.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.User == user && s.EndedAt == null, cancellationToken);
            if (session is null) return SessionFaults.NoSession;
            if (shown is { } after && time.GetUtcNow() - session.StartedAt <= Logon) session.AddStep(SessionSteps.FirstFrame, after.TotalSeconds);
            return Done.Yes;
        }, cancellationToken);
    }
}
