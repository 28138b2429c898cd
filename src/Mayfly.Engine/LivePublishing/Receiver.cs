using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Guests;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Networks;
using Mayfly.Qmp;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.LivePublishing;

/// <summary>
/// The QEMU that takes in a copy of a running machine and saves it as a parent is saved. Its guest never runs, and so never touches its
/// disk: any of the right size will do. Disposing it ends its process.
/// </summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly QemuMachine _machine;
    private readonly AgentConnection _agent;
    private Task _loading = Task.CompletedTask;

    private Receiver(QemuMachine machine, AgentConnection agent) => (_machine, _agent) = (machine, agent);

    /// <summary>Starts one. On a fault nothing of it is left. Faults: MachineStartFailed.</summary>
    /// <param name="launcher">Starts QEMU.</param>
    /// <param name="data">The data directory.</param>
    /// <param name="shape">Hardware of the machine that is copied.</param>
    /// <param name="disk">An empty overlay of that machine's disk size.</param>
    /// <param name="memory">Empty guest memory.</param>
    /// <param name="cancellationToken">Ends what was started.</param>
    public static async Task<Outcome<Receiver>> StartAsync(
        QemuLauncher launcher, DataDirectory data, MachineShape shape, string disk, SafeFileHandle memory, CancellationToken cancellationToken)
    {
        var spec = new QemuSpec
        {
            Uuid = Guid.NewGuid(),
            Shape = shape,
            Disk = new DiskChain([new DiskFile(disk, "qcow2")]),
            // As a parent's.
            Network = new AddressSlot(AddressSlot.Count - 1),
            Role = new QemuRole.Receiver(),
        };
        var launched = await launcher.StartAsync(spec, MachineDirectory.Create(data.Machines, spec.Uuid), memory, cancellationToken);
        if (!launched.TryGet(out var machine, out var fault))
            return fault;
        try
        {
            // Somebody listens to the source's agent as well: the copy's state is to say so.
            return new Receiver(machine, await machine.ConnectAgentAsync(cancellationToken));
        }
        catch
        {
            await machine.DestroyAsync();
            throw;
        }
    }

    /// <summary>Begins to take in what comes from a socket.</summary>
    /// <exception cref="QmpException">QEMU refuses.</exception>
    public async Task ListenAsync(SafeFileHandle socket, CancellationToken cancellationToken)
    {
        await _machine.Qmp.PrepareLiveIncomingAsync(cancellationToken);
        await _machine.Qmp.GetDescriptorAsync(QemuNames.CopyDescriptor, socket, cancellationToken);
        // No token: it ends with the stream or with the process.
        _loading = _machine.Qmp.MigrateIncomingAsync(QemuNames.CopyDescriptor, CancellationToken.None);
    }

    /// <summary>Waits until all has come that was sent. Null when it has.</summary>
    public async Task<Fault?> LoadedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _loading.WaitAsync(QmpDeadlines.Heavy, cancellationToken);
            return null;
        }
        catch (Exception error) when (error is QmpException or TimeoutException)
        {
            return new Fault(ErrorCode.PublishFailed, "The copy of the machine was not taken in.", _machine.Directory.LastWords() ?? error.Message);
        }
    }

    /// <summary>Saves the device state to a file, cable out. Null when done.</summary>
    public async Task<Fault?> SaveAsync(string stateFile, CancellationToken cancellationToken)
    {
        try
        {
            // The clones wake with their cable out, and get it plugged in once they have an identity of their own.
            await _machine.Qmp.SetLinkAsync(QemuNames.NetworkCard, up: false, cancellationToken);
            await _machine.Qmp.SaveStateAsync(stateFile, cancellationToken);
            return null;
        }
        catch (QmpException error)
        {
            return new Fault(ErrorCode.PublishFailed, "QEMU did not save the device state of the copy.", _machine.Directory.LastWords() ?? error.Message);
        }
    }

    /// <summary>Ends it. When this returns nothing maps its memory any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _machine.DestroyAsync();
        await _loading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
