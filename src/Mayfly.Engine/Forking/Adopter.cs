using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Networks;
using Mayfly.Engine.Processes;
using Mayfly.Qmp;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.Forking;

/// <summary>
/// At start: takes over the machines an earlier mayflyd left running, and clears away what was not READY then: parents, shells and
/// half-made clones. A machine is taken over when its record, its process and its QMP answer agree on who it is.
/// </summary>
internal sealed partial class Adopter(DataDirectory data, AddressSlots slots, ProcessWatcher watcher, ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan AgentDeadline = TimeSpan.FromSeconds(10);

    /// <summary>Looks at every directory there is.</summary>
    public async Task<IReadOnlyList<Machine>> AdoptAllAsync(CancellationToken cancellationToken)
    {
        var directories = Directory.EnumerateDirectories(data.Machines).Select(path => new MachineDirectory(path));
        var adopted = await Task.WhenAll(directories.Select(directory => AdoptOrClearAsync(directory, cancellationToken)));
        return [.. adopted.OfType<Machine>()];
    }

    private async Task<Machine?> AdoptOrClearAsync(MachineDirectory directory, CancellationToken cancellationToken)
    {
        var processes = ProcessScan.WithArgument(directory.ProcessName).Select(id => RunningProcess.Adopt(id, watcher)).OfType<RunningProcess>().ToList();
        if (processes is [var process] && MachineRecord.Read(directory) is { } record
            && await TryAdoptAsync(directory, process, record, cancellationToken) is { } machine)
        {
            LogAdopted(record.Hostname, process.Id);
            return machine;
        }

        foreach (var left in processes)
            await left.EndAsync(TimeSpan.Zero, time);
        directory.Remove();
        LogCleared(directory.Path);
        return null;
    }

    private async Task<Machine?> TryAdoptAsync(
        MachineDirectory directory, RunningProcess process, MachineRecord record, CancellationToken cancellationToken)
    {
        QmpClient? qmp = null;
        try
        {
            qmp = await QmpClient.ConnectAsync(directory.ControlSocket, logger, time, cancellationToken);
            if (await qmp.QueryUuidAsync(cancellationToken) == record.Uuid)
                return await TakeOverAsync(new QemuMachine(directory, process, qmp, logger, time), record, cancellationToken);
        }
        catch (Exception error) when (error is QmpException or IOException or System.Net.Sockets.SocketException)
        {
            LogNotAdopted(record.Hostname, error.Message);
        }

        if (qmp is not null)
            await qmp.DisposeAsync();
        return null;
    }

    private async Task<Machine> TakeOverAsync(QemuMachine qemu, MachineRecord record, CancellationToken cancellationToken)
    {
        var slot = new AddressSlot(record.NetworkSlot);
        slots.Reserve(slot);
        var agent = await qemu.ConnectAgentAsync(cancellationToken);
        // The guest notices late that its host has changed, and what is sent before that is lost: hello is sent until it is answered.
        if (await agent.HelloAsync(AgentDeadline, cancellationToken) is { Fault: { } silent })
            LogSilent(record.Hostname, silent);
        return new Machine
        {
            Id = record.MachineId,
            Hostname = record.Hostname,
            Image = record.Image,
            Qemu = qemu,
            Uuid = record.Uuid,
            Agent = agent,
            Slot = slot,
            Network = record.Network,
            Timeline = record.Timeline,
            Ready = true,
        };
    }

    [LoggerMessage(Level = LogLevel.Information, EventId = 210, Message = "Took over {Hostname}, process {ProcessId}")]
    private partial void LogAdopted(string hostname, int processId);

    [LoggerMessage(Level = LogLevel.Information, EventId = 211, Message = "Cleared what an earlier run had left in {Path}")]
    private partial void LogCleared(string path);

    [LoggerMessage(Level = LogLevel.Warning, EventId = 213, Message = "The agent of {Hostname} does not answer; its desktop goes on without it: {Silent}")]
    private partial void LogSilent(string hostname, Fault silent);

    [LoggerMessage(Level = LogLevel.Warning, EventId = 212, Message = "{Hostname} can not be taken over: {Reason}")]
    private partial void LogNotAdopted(string hostname, string reason);
}
