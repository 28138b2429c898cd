using System.Net.Sockets;
using Mayfly.Contracts.Api;
using Mayfly.Control.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Mayfly.Control.Events;

/// <summary>
/// Sends events to the syslog server of the house's settings, one after the other. While it can not be reached they wait in the queue; when
/// it can again, one event says how many found no room. Nothing in the house ever waits for it.
/// </summary>
public sealed partial class SyslogSender : BackgroundService
{
    private readonly SyslogQueue _queue;
    private readonly SettingsStore _settings;
    private readonly EventLog _events;
    private readonly ILogger<SyslogSender> _logger;
    private readonly ResiliencePipeline _retry;
    private SyslogLine? _line;

    /// <summary>Made by the container.</summary>
    public SyslogSender(SyslogQueue queue, SettingsStore settings, EventLog events, TimeProvider time, ILogger<SyslogSender> logger)
    {
        (_queue, _settings, _events, _logger) = (queue, settings, events, logger);
        _retry = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<SocketException>(),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = TimeSpan.FromSeconds(30),
            UseJitter = true,
            OnRetry = OnRetryAsync,
        }).Build();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _line?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The first event comes when the database is ready, and not before.
        await foreach (var happened in _queue.Waiting.ReadAllAsync(stoppingToken))
        {
            try
            {
                await _retry.ExecuteAsync(async token => await SendAsync(happened, token), stoppingToken);
                await TellDroppedAsync(stoppingToken);
            }
#pragma warning disable CA1031 // One event that can not be sent is told, and the others follow; the house goes on in any case.
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogBroke(happened.Id, exception);
            }
        }
    }

    /// <summary>By the settings that hold now: each attempt asks anew, so that a change of them frees what waits for a wrong server.</summary>
    private async Task SendAsync(EventView happened, CancellationToken cancellationToken)
    {
        var wanted = (await _settings.ReadAsync(cancellationToken)).Syslog;
        if (_line is not null && _line.Settings != wanted)
        {
            _line.Dispose();
            _line = null;
        }

        if (wanted is null) return;
        _line ??= new SyslogLine(wanted);
        await _line.SendAsync(happened, cancellationToken);
    }

    private async Task TellDroppedAsync(CancellationToken cancellationToken)
    {
        if (_queue.TakeDropped() is var dropped and > 0)
            await _events.RecordAsync(new HouseEvent(EventKinds.SyslogDropped, $"{dropped} events were not sent to the syslog server: it could not be reached for too long.", Level: "warning"), cancellationToken);
    }

    private ValueTask OnRetryAsync(OnRetryArguments<object> attempt)
    {
        // Once for each time it breaks, not for each attempt.
        if (attempt.AttemptNumber == 0 && _line is not null) LogUnreachable(_line.Settings.Host, _line.Settings.Port, attempt.Outcome.Exception!.Message);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(210, LogLevel.Warning, "The syslog server {Host}:{Port} can not be reached; events wait. {Why}")]
    private partial void LogUnreachable(string host, int port, string why);

    [LoggerMessage(211, LogLevel.Error, "Event {Id} could not be sent to the syslog server")]
    private partial void LogBroke(long id, Exception exception);
}
