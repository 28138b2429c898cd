using Mayfly.Contracts;
using Mayfly.Engine.Forking;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.Watching;

/// <summary>
/// Looks at one READY machine every few seconds, and at once when something happens to it. Tells when it comes into trouble and out of it;
/// does nothing to it, except that a guest that waited for room on the disk goes on. Ends when disposed.
/// </summary>
internal sealed partial class MachineWatch : IAsyncDisposable
{
    // Between two looks there is at least this part of the interval.
    private const int LeastRest = 10;
    private readonly CancellationTokenSource _ending = new();
    private readonly Machine _machine;
    private readonly QemuPulse _qemu;
    private readonly AgentPulse _agent;
    private readonly EngineOptions _options;
    private readonly Action<HostMachineNews> _tell;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Task _watching;

    public MachineWatch(Machine machine, QemuPulse qemu, EngineOptions options, Action<HostMachineNews> tell, ILogger logger, TimeProvider time)
    {
        (_machine, _qemu, _agent, _options, _tell, _logger, _time) = (machine, qemu, new AgentPulse(machine, options), options, tell, logger, time);
        _watching = RunAsync(_ending.Token);
    }

    /// <summary>Ends the watch; nothing is told any more once this returns. Can be repeated.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _watching;
    }

    private async Task RunAsync(CancellationToken life)
    {
        try
        {
            // Machines made at the same moment are not all looked at in the same moments.
            await Task.Delay(_options.WatchInterval * ((uint)_machine.Uuid.GetHashCode() / (double)uint.MaxValue), _time, life);
            while (true)
            {
                await LookSafelyAsync(life);
                await RestAsync(life);
            }
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            // The end of the watch.
        }
    }

    private async Task LookSafelyAsync(CancellationToken life)
    {
        try
        {
            _machine.Qemu.Directory.Log.Collect();
            if (await LookAsync(life) is var (trouble, isKnown) && isKnown && !_machine.Qemu.Process.Ended.IsCompleted)
                Tell(trouble);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A mistake of ours must not end the watch, nor take the machine down.
            LogBroken(error, _machine.Hostname);
        }
    }

    /// <summary>The trouble it is in, if it is known: a look at the agent breaks off when QEMU has news.</summary>
    private async Task<(Fault? Trouble, bool IsKnown)> LookAsync(CancellationToken life)
    {
        var trouble = await _qemu.LookAsync(life);
        if (trouble is not null || _qemu.IsMissing)
        {
            _agent.Forget();
            return (trouble, trouble is not null);
        }

        using var breakOff = CancellationTokenSource.CreateLinkedTokenSource(life);
        var asking = _agent.LookAsync(breakOff.Token);
        if (await Task.WhenAny(asking, _qemu.Woken) == asking)
            return (await asking, true);
        await breakOff.CancelAsync();
        await ((Task)asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return (null, false);
    }

    /// <summary>Waits for the next look.</summary>
    private async Task RestAsync(CancellationToken life)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(life);
        var interval = Task.Delay(_options.WatchInterval, _time, rest.Token);
        // A QEMU gone astray that has news without end does not keep us busy.
        await Task.Delay(_options.WatchInterval / LeastRest, _time, life);
        // What is known to be in trouble is looked at in its turn: its end, or its connection's, would be news over and over again.
        await (_machine.Trouble is null && !_qemu.IsMissing ? Task.WhenAny(interval, _qemu.Woken, _machine.Agent.Closed) : Task.WhenAny(interval, _qemu.Woken));
        await rest.CancelAsync();
        life.ThrowIfCancellationRequested();
    }

    private void Tell(Fault? trouble)
    {
        var before = _machine.Trouble;
        _machine.Trouble = trouble;
        if (trouble is not null && trouble.Code != before?.Code)
        {
            LogTrouble(_machine.Hostname, trouble);
            _tell(new HostMachineTrouble(_machine.Id, trouble));
        }
        else if (trouble is null && before is not null)
        {
            LogRecovery(_machine.Hostname);
            _tell(new HostMachineRecovery(_machine.Id));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, EventId = 230, Message = "{Hostname} is in trouble: {Trouble}")]
    private partial void LogTrouble(string hostname, Fault trouble);

    [LoggerMessage(Level = LogLevel.Information, EventId = 231, Message = "{Hostname} answers again")]
    private partial void LogRecovery(string hostname);

    [LoggerMessage(Level = LogLevel.Error, EventId = 232, Message = "Looking at {Hostname} failed")]
    private partial void LogBroken(Exception error, string hostname);
}
