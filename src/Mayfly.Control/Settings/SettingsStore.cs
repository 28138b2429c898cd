using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Settings;

/// <summary>The settings of the house, read once and kept.</summary>
public sealed class SettingsStore(HouseDatabase database, EventLog events, HouseChanges changes)
{
    private const int LongestText = 500;
    private HouseSettings? _current;

    /// <summary>The settings that hold now.</summary>
    public async Task<HouseSettings> ReadAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _current) is { } known) return known;
        await using var context = await database.ReadAsync(cancellationToken);
        var stored = await context.Settings.AsNoTracking().Where(s => s.Id == SettingsRow.Only).Select(s => s.Settings).SingleOrDefaultAsync(cancellationToken);
        // Whoever changed them meanwhile knows better.
        return Interlocked.CompareExchange(ref _current, stored ?? new HouseSettings(), null) ?? _current!;
    }

    /// <summary>Changes them. Faults: InvalidRequest; Changed when they are not as expected.</summary>
    /// <param name="wanted">How they are to be.</param>
    /// <param name="actor">Who changes them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="expected">Looks at those that hold and says whether they are what the caller has seen; null when that does not matter.</param>
    public async Task<Outcome<HouseSettings>> ChangeAsync(
        HouseSettings wanted, string actor, CancellationToken cancellationToken, Predicate<HouseSettings>? expected = null)
    {
        if (Complaint(wanted) is { } complaint) return complaint;
        var changed = await database.WriteAsync(async context =>
        {
            var row = await context.Settings.SingleOrDefaultAsync(s => s.Id == SettingsRow.Only, cancellationToken);
            var before = row?.Settings ?? new HouseSettings();
            if (expected is not null && !expected(before)) return false;
            if (row is null) context.Settings.Add(new SettingsRow { Id = SettingsRow.Only, Settings = wanted });
            else row.Settings = wanted;
            // Before the event is heard of: whoever hears it goes by what holds now, and the syslog server of these settings gets it.
            context.AfterCommit.Add(() => Volatile.Write(ref _current, wanted));
            events.Add(context, new HouseEvent(EventKinds.SettingsChanged, "The settings of the house were changed.", actor) { Before = before, After = wanted });
            return true;
        }, cancellationToken);
        if (!changed) return ChangedMeanwhile("The settings of the house were");
        changes.Announce();
        return wanted;
    }

    internal static Fault ChangedMeanwhile(string what) =>
        new(ErrorCode.Changed, $"{what} changed by somebody else meanwhile.", "They are not those the request was made for.", "Read them again and change what you want then.");

    private static Fault? Complaint(HouseSettings wanted)
    {
        var complaints = new List<string>();
        if (wanted.SignInIdleMinutes is < 5 or > 10_080) complaints.Add("A sign-in is over after 5 to 10080 minutes without use.");
        if (wanted.SignInLongestMinutes is < 5 or > 43_200) complaints.Add("A sign-in is over after 5 to 43200 minutes in any case.");
        if (wanted.WrongPasswords is < 3 or > 100) complaints.Add("Sign-in is paused after 3 to 100 wrong passwords.");
        if (wanted.EventDays is < 1 or > 3650) complaints.Add("Events are kept for 1 to 3650 days.");
        if (wanted.SessionDays is < 1 or > 3650) complaints.Add("Ended sessions are kept for 1 to 3650 days.");
        if (wanted.PersonaVersions is < 0 or > 365) complaints.Add("Earlier versions of a persona are kept of 0 to 365 days.");
        if (wanted.PersonaMinutes is < 0 or > 1440) complaints.Add("A persona is saved every 1 to 1440 minutes, or 0 for at log-off alone.");
        if (wanted.PersonaQuotaMib is < 1 or > 16_384) complaints.Add("A persona may take 1 to 16384 MiB.");
        if (!Enum.IsDefined(wanted.Placement)) complaints.Add("Machines are placed by Spread or Pack.");
        if (wanted.SignInText is { Length: > LongestText }) complaints.Add($"The text of the sign-in page has at most {LongestText} characters.");
        if (wanted.Syslog is { } syslog)
        {
            if (Uri.CheckHostName(syslog.Host ?? "") == UriHostNameType.Unknown) complaints.Add("The syslog server is no host name or address.");
            if (syslog.Port is < 1 or > 65_535) complaints.Add("A port is 1 to 65535.");
            if (!Enum.IsDefined(syslog.Transport)) complaints.Add("Syslog is sent by Udp or Tcp.");
        }

        return complaints.Count == 0 ? null : new Fault(ErrorCode.InvalidRequest, "The settings can not be taken.", string.Join(' ', complaints));
    }
}
