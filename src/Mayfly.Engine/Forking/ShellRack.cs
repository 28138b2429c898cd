using Mayfly.Contracts;
using Mayfly.Engine.Publishing;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.Forking;

/// <summary>
/// Holds as many ready shells for each warm image as are expected, and refills behind the forks that take them: one at a time, and
/// while no fork is under way, so that a user who waits does not wait for a shell of the next one.
/// </summary>
internal sealed partial class ShellRack : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(5);

    // Forks without a break would starve the rack, and then each of them would start its own shell anyway.
    private static readonly TimeSpan LongestWaitForForks = TimeSpan.FromSeconds(2);
    private readonly Lock _lock = new();
    private readonly List<Shell> _ready = [];
    private readonly SemaphoreSlim _wake = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ShellFactory _factory;
    private readonly ForkGate _forks;
    private readonly Func<ImageVersion, CancellationToken, Task<Outcome<WarmImage>>> _find;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Task _refilling;
    private IReadOnlyDictionary<ImageVersion, int> _expected = new Dictionary<ImageVersion, int>();

    public ShellRack(
        ShellFactory factory, ForkGate forks, Func<ImageVersion, CancellationToken, Task<Outcome<WarmImage>>> find, ILogger logger, TimeProvider time)
    {
        _factory = factory;
        _forks = forks;
        _find = find;
        _logger = logger;
        _time = time;
        _refilling = RefillAsync();
    }

    /// <summary>Shells ready now for an image.</summary>
    public int Ready(ImageVersion image)
    {
        lock (_lock)
            return _ready.Count(shell => shell.Image.Id == image);
    }

    /// <summary>Sets how many shells to hold by image; those of other images are let go.</summary>
    public void Expect(IReadOnlyDictionary<ImageVersion, int> expected)
    {
        lock (_lock)
            _expected = expected;
        _wake.Release();
    }

    /// <summary>Takes a ready shell of an image, or null when there is none.</summary>
    public Shell? Take(ImageVersion image)
    {
        Shell? taken;
        lock (_lock)
        {
            taken = _ready.Find(shell => shell.Image.Id == image);
            if (taken is not null)
                _ready.Remove(taken);
        }

        _wake.Release();
        return taken;
    }

    /// <summary>Lets all shells go.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _refilling;
        await Task.WhenAll(TakeAll().Select(_factory.DiscardAsync));
        _stopping.Dispose();
        _wake.Dispose();
    }

    private async Task RefillAsync()
    {
        try
        {
            while (true)
            {
                await _wake.WaitAsync(_stopping.Token);
                await SettleAsync();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The end.
        }
    }

    /// <summary>Brings the rack to what is expected.</summary>
    private async Task SettleAsync()
    {
        foreach (var surplus in TakeSurplus())
            await DiscardAsync(surplus);
        while (Missing() is { } image)
        {
            await Task.WhenAny(_forks.QuietAsync(), Task.Delay(LongestWaitForForks, _time, _stopping.Token));
            try
            {
                if (await AddAsync(image) is not { } fault)
                    continue;
                LogNotFilled(image, fault);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Shells only make forks faster. Whatever goes wrong here, forks start their own and report their own faults.
                LogBroken(error, image);
            }

            await Task.Delay(PauseAfterFault, _time, _stopping.Token);
        }
    }

    /// <summary>One of which something stays behind keeps nobody from the others.</summary>
    private async Task DiscardAsync(Shell shell)
    {
        try
        {
            await _factory.DiscardAsync(shell);
        }
        catch (IOException error)
        {
            LogBroken(error, shell.Image.Id);
        }
    }

    private async Task<Fault?> AddAsync(ImageVersion image)
    {
        var warm = await _find(image, _stopping.Token);
        if (warm.Fault is { } notWarm)
            return notWarm;
        var shell = await _factory.StartAsync(warm.Value, keep: false, _stopping.Token);
        if (shell.Fault is { } notStarted)
            return notStarted;
        lock (_lock)
            _ready.Add(shell.Value);
        _ = DropWhenEndedAsync(shell.Value);
        return null;
    }

    /// <summary>A shell that dies by itself is replaced. Catches all there can be: destroying is the only step.</summary>
    private async Task DropWhenEndedAsync(Shell shell)
    {
        await shell.Machine.Process.Ended;
        lock (_lock)
        {
            if (!_ready.Remove(shell))
                return;
        }

        LogShellDied(shell.Image.Id, shell.Machine.Directory.LastWords());
        await DiscardAsync(shell);
        if (!_stopping.IsCancellationRequested)
            _wake.Release();
    }

    private List<Shell> TakeAll()
    {
        lock (_lock)
        {
            List<Shell> all = [.. _ready];
            _ready.Clear();
            return all;
        }
    }

    private ImageVersion? Missing()
    {
        lock (_lock)
        {
            foreach (var (image, count) in _expected)
            {
                if (_ready.Count(shell => shell.Image.Id == image) < count)
                    return image;
            }

            return null;
        }
    }

    private List<Shell> TakeSurplus()
    {
        lock (_lock)
        {
            var surplus = _ready.GroupBy(shell => shell.Image.Id)
                .SelectMany(group => group.Skip(_expected.GetValueOrDefault(group.Key))).ToList();
            _ready.RemoveAll(surplus.Contains);
            return surplus;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, EventId = 200, Message = "No shell for {Image} could be held ready: {Fault}")]
    private partial void LogNotFilled(ImageVersion image, Fault fault);

    [LoggerMessage(Level = LogLevel.Error, EventId = 201, Message = "Holding shells ready for {Image} failed")]
    private partial void LogBroken(Exception error, ImageVersion image);

    [LoggerMessage(Level = LogLevel.Warning, EventId = 202, Message = "A shell of {Image} ended by itself: {Words}")]
    private partial void LogShellDied(ImageVersion image, string? words);
}
