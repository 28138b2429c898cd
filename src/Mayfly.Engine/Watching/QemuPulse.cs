using Mayfly.Contracts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Qmp;

namespace Mayfly.Engine.Watching;

/// <summary>
/// Asks one QEMU how it is. A control connection that was dropped is made anew. An answer that does not come is a miss and never a death:
/// after a few misses QEMU is said not to answer, until it does.
/// </summary>
internal sealed class QemuPulse(string hostname, QmpLine line, Standstill standstill, EngineOptions options, TimeProvider time)
{
    private static readonly Task Never = new TaskCompletionSource().Task;
    private int _misses;
    private Fault? _last;
    private QmpClient? _heard;
    private Task _stopped = Never;
    private Task _woken = Never;
    private Task<QmpEvent>? _error;
    private Task<string>? _asked;

    /// <summary>True while answers are missing.</summary>
    public bool IsMissing => _misses > 0;

    /// <summary>Completes when it is worth another look at once: the guest was stopped, or the connection was dropped.</summary>
    public Task Woken => IsMissing ? Never : _woken;

    /// <summary>Looks once. Null when it runs, or has missed too little to be in trouble.</summary>
    /// <param name="life">Cancelled at the end of the watch, no sooner: what is listened for stays listened for between looks.</param>
    public async Task<Fault?> LookAsync(CancellationToken life)
    {
        try
        {
            var qmp = await line.OpenAsync(options.WatchDeadline, life);
            Listen(qmp, life);
            // One question at a time: what a QEMU that stands still is sent fills its socket.
            var status = await (_asked ??= Observed(qmp.QueryStatusAsync(life, Timeout.InfiniteTimeSpan))).WaitAsync(options.WatchDeadline, time, life);
            _asked = null;
            _last = status == "running" ? TakeError() : await standstill.TreatAsync(qmp, status, life);
            _misses = 0;
        }
        catch (TimeoutException)
        {
            Miss($"It did not answer within {options.WatchDeadline.TotalSeconds:0.#} s.");
        }
        catch (QmpException error)
        {
            _asked = null;
            Miss(error.Message);
        }

        return _last;
    }

    private void Miss(string why)
    {
        if (++_misses >= options.TroubleAfter)
            _last = new Fault(
                ErrorCode.MachineUnresponsive, $"QEMU of {hostname} does not answer.", why,
                "It is left alone and asked again and again. If it stays like this, delete the machine.");
    }

    /// <summary>Listens, before it is asked, for what may come after the answer.</summary>
    private void Listen(QmpClient qmp, CancellationToken life)
    {
        var fresh = qmp != _heard;
        if (fresh)
            _asked = null;
        if (fresh || _stopped.IsCompleted)
        {
            _stopped = Observed(qmp.NextEventAsync(happened => happened.Name == "STOP", life));
            _woken = Task.WhenAny(_stopped, qmp.Closed);
        }

        if (fresh || _error is null)
            _error = Observed(qmp.NextEventAsync(Standstill.IsDiskError, life));
        _heard = qmp;
    }

    /// <summary>What went wrong with the disk since the last look, or null.</summary>
    private Fault? TakeError()
    {
        if (_error is not { IsCompletedSuccessfully: true } heard)
            return null;
        _error = null;
        return standstill.DiskError(heard.Result);
    }

    /// <summary>The end of the connection ends what is listened for, and is seen elsewhere.</summary>
    private static Task<T> Observed<T>(Task<T> listening)
    {
        _ = listening.ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return listening;
    }
}
