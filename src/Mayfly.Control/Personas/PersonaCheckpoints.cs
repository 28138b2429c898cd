using Mayfly.Control.Sessions;
using Mayfly.Control.Settings;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Personas;

/// <summary>Saves personas while their sessions go on, one after the other: a machine that dies by itself takes only what was changed since.</summary>
internal sealed partial class PersonaCheckpoints(HouseDatabase database, PersonaSaving saving, SettingsStore settings, TimeProvider time, ILogger<PersonaCheckpoints> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);
    private Dictionary<string, DateTimeOffset> _last = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SaveDueAsync(stoppingToken);
            }
            catch (Exception exception) when (StorageFaults.Of(exception) is not null)
            {
                LogNotNow(exception);
            }
        }
    }

    /// <summary>Saves those whose time has come.</summary>
    internal async Task SaveDueAsync(CancellationToken cancellationToken)
    {
        var minutes = (await settings.ReadAsync(cancellationToken)).PersonaMinutes;
        if (minutes == 0) return;
        var open = await OpenAsync(cancellationToken);
        _last = open.ToDictionary(session => session.Id, session => _last.GetValueOrDefault(session.Id, session.StartedAt));
        foreach (var session in open.Where(session => time.GetUtcNow() - _last[session.Id] >= TimeSpan.FromMinutes(minutes)))
        {
            _last[session.Id] = time.GetUtcNow();
            // The log-off tries again, and tells.
            if (await saving.SaveAsync(session, last: false, cancellationToken) is { } fault) LogNotSaved(session.User, session.Machine, fault.ToString());
        }
    }

    private async Task<List<SessionRow>> OpenAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var sessions = await context.Sessions.AsNoTracking().Where(s => s.PersonaOpen && s.EndedAt == null).ToListAsync(cancellationToken);
        return sessions.FindAll(session => session.Persona is { Loaded: true });
    }

    [LoggerMessage(350, LogLevel.Warning, "The settings of '{User}' on '{Machine}' were not saved meanwhile: {Fault}")]
    private partial void LogNotSaved(string user, string machine, string fault);

    [LoggerMessage(351, LogLevel.Warning, "Settings could not be saved meanwhile; it is tried again")]
    private partial void LogNotNow(Exception exception);
}
