using Mayfly.Engine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayfly.Remote.Serving;

/// <summary>
/// When the lease of this host has ended, volumes that other hosts reach may be given to a machine elsewhere a little later: they are pulled
/// from the machines here, and a machine from which its volume can not be pulled ends.
/// </summary>
internal sealed partial class VolumeFence(HostLease lease, IMachineHost machines, MachineLedger ledger, TimeProvider time, ILogger<VolumeFence> logger) : BackgroundService
{
    // Shorter than what a server waits, with room for the destruction.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _fenced = new(0);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _fenced.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        lease.Fenced += () => _fenced.Release();
        while (true)
        {
            await _fenced.WaitAsync(stoppingToken);
            await Task.WhenAll(machines.Machines.Where(machine => machine.Attached.Volume is not null).Select(PullAsync));
        }
    }

    private async Task PullAsync(HostMachine machine)
    {
        LogPulled(machine.Hostname);
        try
        {
            using var limit = new CancellationTokenSource(Longest, time);
            await machines.ReleaseAsync(machine.MachineId, TimeSpan.Zero, limit.Token).WaitAsync(Longest, time);
        }
#pragma warning disable CA1031 // Whatever the guest or QEMU has done to it: what counts is whether the volume is gone.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotPulled(machine.Hostname, exception);
        }

        if (machines.Find(machine.MachineId)?.Attached.Volume is not null) await machines.DestroyAsync(machine.MachineId);
        ledger.Note(machine.MachineId);
    }

    [LoggerMessage(720, LogLevel.Warning, "This host is cut off from its house: the volume of {Machine} is pulled, since it may be given to a machine elsewhere")]
    private partial void LogPulled(string machine);

    [LoggerMessage(721, LogLevel.Warning, "The volume of {Machine} was not pulled in time")]
    private partial void LogNotPulled(string machine, Exception exception);
}
