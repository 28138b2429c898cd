using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Sessions;

/// <summary>Notes that somebody uses a display: in memory each time, in the database at most every <see cref="Grain"/>.</summary>
public sealed partial class SessionInputs(HouseDatabase database, SignIns signIns, BackgroundJobs jobs, TimeProvider time, ILogger<SessionInputs> logger)
{
    /// <summary>How exact what is written down is.</summary>
    internal static readonly TimeSpan Grain = TimeSpan.FromSeconds(30);

    private readonly long _grain = (long)(Grain.TotalSeconds * time.TimestampFrequency);

    /// <summary>A key was pressed or the pointer moved. Takes next to nothing.</summary>
    public void Note(SessionLease display)
    {
        if (display.Note(time.GetTimestamp(), _grain)) _ = jobs.Start("note input", token => WriteAsync(display, token));
    }

    private async Task<bool> WriteAsync(SessionLease display, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(async context =>
            {
                var now = time.GetUtcNow();
                if (display.Origin.SignInId is { } signIn) await signIns.UsedAsync(context, signIn, cancellationToken);
                await context.Sessions.Where(s => s.Id == display.SessionId && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(row => row.LastInputAt, now), cancellationToken);
                return true;
            }, cancellationToken);
        }
        catch (Exception exception) when (StorageFaults.Of(exception) is not null)
        {
            // Written down with the next input, when there is room.
            LogNotWritten(exception);
            return false;
        }
    }

    [LoggerMessage(331, LogLevel.Warning, "That a display is used could not be written down")]
    private partial void LogNotWritten(Exception exception);
}
