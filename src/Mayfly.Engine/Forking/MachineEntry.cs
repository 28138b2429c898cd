using System.Diagnostics.CodeAnalysis;
using Mayfly.Contracts;
using Mayfly.Engine.Watching;

namespace Mayfly.Engine.Forking;

/// <summary>
/// A machine's place in the host's table: what is known of it, and whose turn it is. Whoever changes the machine holds the turn; only its
/// destruction interrupts another and waits for it, and nothing follows a destruction.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Neither field holds more than memory, and whoever waits for the turn may still do so after the machine is gone.")]
internal sealed class MachineEntry(string machineId)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _destruction = new();
    private volatile string? _operation;

    /// <summary>Cancelled once the machine is to be destroyed.</summary>
    public CancellationToken Interrupted => _destruction.Token;

    /// <summary>Image of a fork under way.</summary>
    public ImageVersion? Forking { get; set; }

    /// <summary>The machine while it runs and is READY.</summary>
    public Machine? Machine { get; set; }

    /// <summary>What looks after the machine while it is READY.</summary>
    public MachineWatch? Watch { get; set; }

    /// <summary>What a kept machine is started from again; null for others.</summary>
    public MachineRecord? Kept { get; set; }

    /// <summary>How far the start of a kept machine is; null when none is under way.</summary>
    public HostMachine? Starting { get; set; }

    /// <summary>The machine as others see it; null until it has been made.</summary>
    public HostMachine? View => Machine?.View() ?? Starting ?? Kept?.Off();

    /// <summary>Ends the watch, before the machine ends.</summary>
    public Task EndWatchAsync() => Watch is { } watch ? watch.DisposeAsync().AsTask() : Task.CompletedTask;

    /// <summary>Takes the turn if nobody has it. Faults: Busy with the name of what is under way, NotFound once it is being destroyed.</summary>
    /// <param name="operation">What is to be done, such as "start".</param>
    public Outcome<Turn> TryBegin(string operation)
    {
        if (_turn.Wait(TimeSpan.Zero))
        {
            if (!Interrupted.IsCancellationRequested)
            {
                _operation = operation;
                return new Turn(this);
            }

            _turn.Release();
        }

        return Interrupted.IsCancellationRequested
            ? new Fault(ErrorCode.NotFound, $"The machine {machineId} is being destroyed.")
            : new Fault(ErrorCode.Busy, $"Another operation on {machineId} is in progress: {_operation}.", Remedy: "Try again when it has ended.");
    }

    /// <summary>Waits for the turn. Not cancellable: what waits here must happen.</summary>
    public async Task<Turn> BeginAsync(string operation)
    {
        await _turn.WaitAsync(CancellationToken.None);
        _operation = operation;
        return new Turn(this);
    }

    /// <summary>Interrupts what is under way and takes the turn after it, for the last time.</summary>
    public async Task<Turn> BeginDestructionAsync()
    {
        await _destruction.CancelAsync();
        return await BeginAsync("destroy");
    }

    /// <summary>Ends with its disposal.</summary>
    public sealed class Turn(MachineEntry entry) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
                entry._turn.Release();
        }
    }
}
