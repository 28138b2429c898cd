using Mayfly.Contracts;
using Mayfly.Engine.Attaching;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Limits;
using Mayfly.Engine.LivePublishing;
using Mayfly.Engine.Networks;
using Mayfly.Engine.Processes;
using Mayfly.Qmp;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.Forking;

/// <summary>
/// At start: takes over the machines an earlier mayflyd left running, and clears away what was not READY then: parents, shells and
/// half-made clones. A machine is taken over when its record, its process and its QMP answer agree on who it is. A kept machine that is
/// not is off. A user's disk is never removed here.
/// </summary>
internal sealed partial class Adopter(DataDirectory data, AddressSlots slots, ControlGroups limits, ProcessWatcher watcher, ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan AgentDeadline = TimeSpan.FromSeconds(10);

    /// <summary>Looks at every directory there is.</summary>
    public async Task<Adoption> AdoptAllAsync(CancellationToken cancellationToken)
    {
        var directories = Directory.GetDirectories(data.Machines).Select(path => new MachineDirectory(path));
        var found = await Task.WhenAll(directories.Select(directory => AdoptOrClearAsync(directory, cancellationToken)));
        return new Adoption([.. found.Select(one => one.Machine).OfType<Machine>()], [.. found.Select(one => one.Off).OfType<MachineRecord>()]);
    }

    private async Task<(Machine? Machine, MachineRecord? Off)> AdoptOrClearAsync(MachineDirectory directory, CancellationToken cancellationToken)
    {
        var processes = ProcessScan.WithArgument(directory.ProcessName).Select(id => RunningProcess.Adopt(id, watcher)).OfType<RunningProcess>().ToList();
        var record = MachineRecord.Read(directory);
        if (processes is [var process] && record is { Ready: true } && await TryAdoptAsync(directory, process, record, cancellationToken) is { } machine)
        {
            LogAdopted(record.Hostname, process.Id);
            return (machine, null);
        }

        foreach (var left in processes)
            await left.EndAsync(TimeSpan.Zero, time);
        if (record is { Kept: not null })
        {
            slots.Reserve(new AddressSlot(record.NetworkSlot));
            LogOff(record.Hostname);
            return (null, record);
        }

        ClearAway(directory);
        return (null, null);
    }

    private void ClearAway(MachineDirectory directory)
    {
        if (File.Exists(directory.KeptMark))
        {
            Directory.CreateDirectory(data.Quarantine);
            var aside = Path.Combine(data.Quarantine, Path.GetFileName(directory.Path));
            // Whoever has moved a directory back may have left a copy.
            while (Directory.Exists(aside))
                aside += "+";
            Directory.Move(directory.Path, aside);
            LogQuarantined(aside);
            return;
        }

        directory.Remove();
        LogCleared(directory.Path);
    }

    private async Task<Machine?> TryAdoptAsync(
        MachineDirectory directory, RunningProcess process, MachineRecord record, CancellationToken cancellationToken)
    {
        QmpClient? qmp = null;
        try
        {
            qmp = await IdentifyAsync(directory, process, record, cancellationToken);
            if (qmp is not null)
                return await TakeOverAsync(new QemuMachine(directory, process, limits.Find(directory), qmp, logger, time), record, cancellationToken);
        }
        catch (Exception error) when (error is QmpException or IOException or System.Net.Sockets.SocketException)
        {
            LogNotAdopted(record.Hostname, error.Message);
        }

        if (qmp is not null)
            await qmp.DisposeAsync();
        return null;
    }

    /// <summary>
    /// The control connection of the process that a record names, or null when it is another's. A QEMU that does not answer gives one that
    /// has ended: slow is not dead, its user may still have it tomorrow. The watch goes on asking, and says so meanwhile.
    /// </summary>
    private async Task<QmpClient?> IdentifyAsync(
        MachineDirectory directory, RunningProcess process, MachineRecord record, CancellationToken cancellationToken)
    {
        QmpClient? qmp = null;
        var isTheOne = false;
        try
        {
            qmp = await QmpClient.ConnectAsync(directory.ControlSocket, logger, time, cancellationToken, QmpDeadlines.Quick);
            isTheOne = await qmp.QueryUuidAsync(cancellationToken) == record.Uuid;
            return isTheOne ? qmp : null;
        }
        catch (QmpException error) when (error.Failure == QmpFailure.Timeout && IsNamed(process, record.Uuid))
        {
            LogSlow(record.Hostname, error.Message);
            return QmpClient.Ended(logger, time);
        }
        finally
        {
            if (!isTheOne && qmp is not null)
                await qmp.DisposeAsync();
        }
    }

    /// <summary>True when a process was started for a UUID; what QEMU would answer, read from its arguments.</summary>
    private static bool IsNamed(RunningProcess process, Guid uuid) =>
        ProcessScan.WithArgument(MachineDirectory.ProcessNameOf(uuid.ToString("N"))).Contains(process.Id);

    private async Task<Machine> TakeOverAsync(QemuMachine qemu, MachineRecord record, CancellationToken cancellationToken)
    {
        var slot = new AddressSlot(record.NetworkSlot);
        slots.Reserve(slot);
        qemu.Directory.Log.Listen();
        // One that was being copied may stand still for it.
        await RunningSource.GoOnAsync(qemu.Qmp, time);
        var agent = await qemu.ConnectAgentAsync(cancellationToken);
        // The guest notices late that its host has changed, and what is sent before that is lost: hello is sent until it is answered.
        if (!(await agent.HelloAsync(AgentDeadline, cancellationToken)).TryGet(out var hello, out var silent))
            LogSilent(record.Hostname, silent);
        return new Machine
        {
            Id = record.MachineId,
            Hostname = record.Hostname,
            Image = record.Image,
            Kind = record.Kind,
            Qemu = qemu,
            Uuid = record.Uuid,
            Shape = record.Shape,
            Agent = agent,
            Slot = slot,
            Network = record.Network,
            Timeline = record.Timeline,
            Kept = record.Kept,
            Phase = MachinePhase.Ready,
            Os = record.Os ?? hello?.Os,
            Attached = await Attacher.FindAsync(qemu.Qmp, record.Attached, cancellationToken),
        };
    }

    [LoggerMessage(Level = LogLevel.Information, EventId = 210, Message = "Took over {Hostname}, process {ProcessId}")]
    private partial void LogAdopted(string hostname, int processId);

    [LoggerMessage(Level = LogLevel.Information, EventId = 211, Message = "Cleared what an earlier run had left in {Path}")]
    private partial void LogCleared(string path);

    [LoggerMessage(Level = LogLevel.Information, EventId = 214, Message = "{Hostname} is off; its disk is kept")]
    private partial void LogOff(string hostname);

    [LoggerMessage(
        Level = LogLevel.Error, EventId = 215,
        Message = "The record of a kept machine can not be read, so that it can not be started. Its disk was moved to {Path}: restore machine.json there and "
            + "move the directory back to machines/ while mayflyd is stopped, or take from the disk what is needed and delete the directory")]
    private partial void LogQuarantined(string path);

    [LoggerMessage(Level = LogLevel.Warning, EventId = 213, Message = "The agent of {Hostname} does not answer; its desktop goes on without it: {Silent}")]
    private partial void LogSilent(string hostname, Fault silent);

    [LoggerMessage(Level = LogLevel.Warning, EventId = 216, Message = "QEMU of {Hostname} does not answer; it is taken over as it is: {Reason}")]
    private partial void LogSlow(string hostname, string reason);

    [LoggerMessage(Level = LogLevel.Warning, EventId = 212, Message = "{Hostname} can not be taken over: {Reason}")]
    private partial void LogNotAdopted(string hostname, string reason);
}
