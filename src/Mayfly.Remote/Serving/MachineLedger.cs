using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Mayfly.Engine;
using Mayfly.Remote.Wire;
using Microsoft.Extensions.Hosting;

namespace Mayfly.Remote.Serving;

/// <summary>
/// Tells servers of each change of this host's machines, in one order for all: whoever has heard of a number knows all that was before it.
/// Machines change by what servers ask, which is noted before it is answered, and by themselves, which is news.
/// </summary>
internal sealed class MachineLedger(IMachineHost host) : BackgroundService
{
    // A server that is further behind begins anew.
    private const int MostUnread = 10_000;

    private readonly Lock _lock = new();
    private readonly HashSet<Channel<MachineTold>> _listeners = [];
    private long _sequence;

    /// <summary>Number of the last change.</summary>
    public long Sequence
    {
        get
        {
            lock (_lock) return _sequence;
        }
    }

    /// <summary>Tells how a machine is now.</summary>
    public long Note(string machineId, HostMachineNews? news = null)
    {
        lock (_lock)
        {
            // Looked at within the lock: a later number never tells of an earlier state.
            var told = new MachineTold(++_sequence, machineId, host.Find(machineId), news is null ? null : NewsTold.Of(news));
            _listeners.RemoveWhere(listener => !listener.Writer.TryWrite(told) && listener.Writer.TryComplete());
            return _sequence;
        }
    }

    /// <summary>All machines, the mark that these were all, and then each change. Ends for a reader that falls too far behind.</summary>
    public async IAsyncEnumerable<MachineTold> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listener = Channel.CreateBounded<MachineTold>(new BoundedChannelOptions(MostUnread) { SingleReader = true });
        List<MachineTold> first;
        lock (_lock)
        {
            first = [.. host.Machines.Select(machine => new MachineTold(_sequence, machine.MachineId, machine, null)), new MachineTold(_sequence, null, null, null)];
            _listeners.Add(listener);
        }

        try
        {
            foreach (var told in first) yield return told;
            await foreach (var told in listener.Reader.ReadAllAsync(cancellationToken)) yield return told;
        }
        finally
        {
            lock (_lock) _listeners.Remove(listener);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var news in host.WatchAsync(stoppingToken)) Note(news.MachineId, news);
        if (!stoppingToken.IsCancellationRequested) throw new InvalidOperationException("The engine stopped reporting what happens to machines.");
    }
}
