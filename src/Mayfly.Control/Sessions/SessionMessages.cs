using System.Globalization;
using System.Text;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Sessions;

/// <summary>Messages to the users of sessions. A session has at most one: a newer takes its place.</summary>
public sealed class SessionMessages(HouseDatabase database, EventLog events, HouseChanges changes)
{
    private const int Longest = 500;

    /// <summary>Sends a message. Faults: NotFound, InvalidRequest.</summary>
    public async Task<Outcome<Done>> SendAsync(string sessionId, string? message, string actor, CancellationToken cancellationToken)
    {
        var text = (message ?? "").Trim();
        if (text.Length is 0 or > Longest) return new Fault(ErrorCode.InvalidRequest, $"A message has 1 to {Longest} characters.");
        if (text.EnumerateRunes().Any(IsHostile)) return new Fault(ErrorCode.InvalidRequest, "A message is one line of text, without control characters.");
        var sent = await database.WriteAsync(async context =>
        {
            var session = await context.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.EndedAt == null, cancellationToken);
            if (session is null) return false;
            session.Message = new SessionNotice(text, null) { Id = Secrets.MakeId(), From = actor };
            events.Add(context, new HouseEvent(EventKinds.SessionMessage, $"'{session.User}' on '{session.Machine}' was sent: {text}", actor, session.Pool, session.Machine) { User = session.User });
            return true;
        }, cancellationToken);
        if (!sent) return SessionFaults.NoSession;
        changes.Announce();
        return Done.Yes;
    }

    /// <summary>Puts a message away, by the user it was sent to. Faults: NotFound.</summary>
    /// <param name="sessionId">Session.</param>
    /// <param name="user">Whose it must be.</param>
    /// <param name="message">Id of the message that was read, so that a newer one stays; null for any.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<Done>> PutAwayAsync(string sessionId, string user, string? message, CancellationToken cancellationToken)
    {
        var found = await database.WriteAsync(async context =>
        {
            var session = await context.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.User == user && s.EndedAt == null, cancellationToken);
            if (session is not null && (message is null || session.Message?.Id == message)) session.Message = null;
            return session is not null;
        }, cancellationToken);
        if (!found) return SessionFaults.NoSession;
        changes.Announce();
        return Done.Yes;
    }

    /// <summary>True for what is no text, and for what makes text read otherwise than it was written. Halves of characters come as U+FFFD.</summary>
    private static bool IsHostile(Rune rune) => rune == Rune.ReplacementChar
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;
}
