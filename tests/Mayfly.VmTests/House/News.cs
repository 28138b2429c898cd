namespace Mayfly.VmTests.House;

/// <summary>Everything an engine reports of its machines, from the moment this is made.</summary>
internal sealed class News : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource _ending = new();
    private readonly List<HostMachineNews> _heard = [];
    private readonly Task _listening;

    public News(RunningEngine engine) => _listening = ListenAsync(engine.Machines.WatchAsync(_ending.Token));

    /// <summary>All that was reported so far.</summary>
    public IReadOnlyList<HostMachineNews> Heard
    {
        get
        {
            lock (_heard)
                return [.. _heard];
        }
    }

    /// <summary>The trouble of a machine, once it is reported.</summary>
    public async Task<Fault> TroubleOfAsync(HostMachine machine) => (await NextAsync<HostMachineTrouble>(machine)).Fault;

    /// <summary>Waits until a machine is reported well again.</summary>
    public Task RecoveryOfAsync(HostMachine machine) => NextAsync<HostMachineRecovery>(machine);

    /// <summary>The end of a machine, once it is reported.</summary>
    public async Task<Fault> ExitOfAsync(HostMachine machine) => (await NextAsync<HostMachineExit>(machine)).Fault;

    /// <summary>True when nothing was ever reported of a machine.</summary>
    public bool SaysNothingOf(HostMachine machine) => Heard.All(news => news.MachineId != machine.MachineId);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _listening;
        _ending.Dispose();
    }

    private async Task<T> NextAsync<T>(HostMachine machine) where T : HostMachineNews
    {
        T? found = null;
        await Eventually.HoldsAsync(
            () => Task.FromResult((found = Heard.OfType<T>().FirstOrDefault(news => news.MachineId == machine.MachineId)) is not null),
            $"{typeof(T).Name} of {machine.MachineId}; heard: {string.Join(", ", Heard)}", (int)Limit.TotalSeconds);
        return found!;
    }

    private async Task ListenAsync(IAsyncEnumerable<HostMachineNews> news)
    {
        try
        {
            await foreach (var one in news)
            {
                lock (_heard)
                    _heard.Add(one);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the test.
        }
    }
}
