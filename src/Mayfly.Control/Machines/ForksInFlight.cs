using System.Collections.Concurrent;
using Mayfly.Engine;

namespace Mayfly.Control.Machines;

/// <summary>The forks begun and not yet settled.</summary>
public sealed class ForksInFlight
{
    private readonly ConcurrentDictionary<string, Flight> _flights = new();

    /// <summary>How many there are.</summary>
    public int Count => _flights.Count;

    /// <summary>The host machine of a fork that runs ClonePrep now, or null.</summary>
    public HostMachine? Customizing(string machineId) => _flights.TryGetValue(machineId, out var flight) ? flight.Running : null;

    /// <summary>Cancels a fork and waits until it is settled.</summary>
    public async Task CancelAsync(string machineId)
    {
        if (!_flights.TryGetValue(machineId, out var flight)) return;
        flight.Cancel();
        await flight.Settled;
    }

    internal Flight Begin(string machineId, CancellationToken cancellationToken)
    {
        var flight = new Flight(cancellationToken);
        _flights[machineId] = flight;
        return flight;
    }

    internal void End(string machineId)
    {
        if (_flights.TryRemove(machineId, out var flight)) flight.Settle();
    }

    internal sealed class Flight(CancellationToken cancellationToken)
    {
        private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationToken Token => _source.Token;

        public HostMachine? Running { get; set; }

        public Task Settled => _settled.Task;

        public void Cancel() => _source.Cancel();

        public void Settle() => _settled.TrySetResult();
    }
}
