using Mayfly.Engine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayfly.Remote.Serving;

/// <summary>
/// When the lease of this host has ended, volumes that other hosts reach may be given to a machine elsewhere a little later: they are pulled
/// from the machines here, and a machine from which its volume can not be pulled ends.
/// </summary>
internal sealed partial class VolumeFence : BackgroundService
{
    // Shorter than what a server waits, with room for the destruction.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _fenced = new(0);
    private readonly HostLease _lease;
    private readonly IMachineHost _machines;
    private readonly MachineLedger _ledger;
    private readonly TimeProvider _time;
    private readonly ILogger<VolumeFence> _logger;

    public VolumeFence(HostLease lease, IMachineHost machines, MachineLedger ledger, TimeProvider time, ILogger<VolumeFence> logger)
    {
        (_lease, _machines, _ledger, _time, _logger) = (lease, machines, ledger, time, logger);
        // Now: the lease may end while the machines that there are, are still being taken over.
        lease.Fenced += () => _fenced.Release();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _fenced.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _fenced.WaitAsync(stoppingToken);
            do
            {
                await Task.WhenAll(_machines.Machines.Where(machine => machine.Attached.Volume is not null).Select(PullAsync));
                await Task.Delay(Again, _time, stoppingToken);
            }
            // One that was just being attached is there a moment later.
            while (_lease.Left <= TimeSpan.Zero);
        }
    }

    private async Task PullAsync(HostMachine machine)
    {
        LogPulled(machine.Hostname);
        try
        {
            using var limit = new CancellationTokenSource(Longest, _time);
            await _machines.ReleaseAsync(machine.MachineId, TimeSpan.Zero, limit.Token).WaitAsync(Longest, _time);
        }
#pragma warning disable CA1031 // Whatever the guest or QEMU has done to it: what counts is whether the volume is gone.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotPulled(machine.Hostname, exception);
        }

        if (_machines.Find(machine.MachineId)?.Attached.Volume is not null) await _machines.DestroyAsync(machine.MachineId);
        _ledger.Note(machine.MachineId);
    }

    [LoggerMessage(720, LogLevel.Warning, "This host is cut off from its house: the volume of {Machine} is pulled, since it may be given to a machine elsewhere")]
    private partial void LogPulled(string machine);

    [LoggerMessage(721, LogLevel.Warning, "The volume of {Machine} was not pulled in time")]
    private partial void LogNotPulled(string machine, Exception exception);
}
