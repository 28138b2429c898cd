using System.Net.Sockets;
using Mayfly.Engine.Displays;
using Mayfly.Engine.Guests;
using Mayfly.Engine.Limits;
using Mayfly.Engine.Processes;
using Mayfly.Qmp;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.Hypervisor;

/// <summary>One QEMU process with its directory and control connection: a parent, a shell or a machine. The one owner of all three.</summary>
internal sealed class QemuMachine(
    MachineDirectory directory, RunningProcess process, ControlGroup? group, QmpClient qmp, ILogger logger, TimeProvider time)
{
    private readonly QmpLine _line = new(directory.ControlSocket, qmp, logger, time);
    private readonly GuestClipboard _clipboard = new(logger);
    private Task? _ended;
    private Task? _destroyed;
    private readonly Lock _lock = new();

    /// <summary>Its directory.</summary>
    public MachineDirectory Directory => directory;

    /// <summary>Its process.</summary>
    public RunningProcess Process => process;

    /// <summary>The control group it is in, or null where there are none.</summary>
    public ControlGroup? Group => group;

    /// <summary>Its control connection.</summary>
    public QmpClient Qmp => _line.Current;

    /// <summary>Its control connection, to be made anew when it was dropped.</summary>
    public QmpLine Line => _line;

    /// <summary>Connects to the guest agent's channel. The agent itself may not be up yet.</summary>
    public async Task<AgentConnection> ConnectAgentAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(directory.AgentSocket), cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return AgentConnection.Attach(new NetworkStream(socket, ownsSocket: true), logger, time);
    }

    /// <summary>The desktop's shared clipboard.</summary>
    public GuestClipboard Clipboard => _clipboard;

    /// <summary>Opens a display: gives QEMU one end of a socket pair as a VNC client, and returns the other.</summary>
    /// <exception cref="QmpException">QEMU refused or is gone.</exception>
    public async Task<Stream> OpenDisplayAsync(CancellationToken cancellationToken)
    {
        var (ours, theirs) = SocketPair.Create();
        using (theirs)
        {
            try
            {
                var name = $"vnc-{Guid.NewGuid():N}";
                var qmp = _line.Current;
                await qmp.GetDescriptorAsync(name, theirs.SafeHandle, cancellationToken);
                await qmp.AddVncClientAsync(name, cancellationToken);
                await _clipboard.PlugAsync(qmp, cancellationToken);
                return new NetworkStream(ours, ownsSocket: true);
            }
            catch
            {
                ours.Dispose();
                throw;
            }
        }
    }

    /// <summary>Kills the process, frees its memory and removes its directory. Can be repeated, also where it failed, and joined; has no half-way stop.</summary>
    public Task DestroyAsync()
    {
        lock (_lock)
            return _destroyed is null or { IsFaulted: true } ? _destroyed = RunDestroyAsync() : _destroyed;
    }

    /// <summary>Kills the process and frees its memory; the directory stays. Can be repeated and joined, as <see cref="DestroyAsync"/>.</summary>
    public Task EndAsync()
    {
        lock (_lock)
            return _ended is null or { IsFaulted: true } ? _ended = RunEndAsync() : _ended;
    }

    private async Task RunEndAsync()
    {
        // Nothing in a process is worth a grace period: what was is saved before this is called.
        await process.EndAsync(TimeSpan.Zero, time);
        await _line.CloseAsync();
        directory.Log.Dispose();
        group?.Remove();
    }

    private async Task RunDestroyAsync()
    {
        await EndAsync();
        directory.Remove();
    }
}
