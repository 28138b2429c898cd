using System.Diagnostics;
using System.Net.Sockets;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Guests;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Measuring;
using Mayfly.Engine.Processes;

namespace Mayfly.VersusBench;

/// <summary>libvirt's managed save: a guest booted once and saved by <c>virsh managedsave</c>, and for each clone <c>virsh start</c>.</summary>
internal sealed class LibvirtWay(House house, LibvirtDaemon daemon) : Way(
    "libvirt", "libvirt, managed save", "virsh start of a machine that libvirt had saved with managedsave; its saved file and its disk are there beforehand.")
{
    private static readonly TimeSpan HelloDeadline = TimeSpan.FromMinutes(2);
    private KernelBoot? _kernel;

    private LibvirtDomain First => new(daemon, 0);

    private string Golden => daemon.PathOf("golden");

    private string SavedDisk => daemon.PathOf("saved.qcow2");

    private string SavedState => daemon.PathOf("saved.state");

    /// <inheritdoc/>
    public override long SavedBytes => (FileBlocks.Of(SavedDisk)?.Bytes ?? 0) + (FileBlocks.Of(SavedState)?.Bytes ?? 0);

    /// <inheritdoc/>
    public override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await daemon.StartAsync(cancellationToken);
        var kernel = await BringAsync(cancellationToken);
        await MakeDiskAsync(First.Disk, Golden, house.Golden.Manifest.Disk.Format, cancellationToken);
        await DefineAsync(First, kernel, cancellationToken);
        await daemon.VirshAsync(cancellationToken, "start", First.Name);
        await using (var agent = await ConnectAsync(First, cancellationToken))
        {
            await SavedGuest.SettleAsync(house, agent, cancellationToken);
            await daemon.VirshAsync(cancellationToken, "managedsave", First.Name);
        }

        File.Move(daemon.SavedState(First.Name), SavedState);
        File.Move(First.Disk, SavedDisk);
        // Only the one that boots needs a kernel, but a definition that differs from the saved one would be another machine's.
        _kernel = kernel;
    }

    /// <inheritdoc/>
    public override async Task GetReadyAsync(int count, CancellationToken cancellationToken)
    {
        for (var number = 0; number < count; number++)
        {
            var domain = new LibvirtDomain(daemon, number);
            await DefineAsync(domain, _kernel, cancellationToken);
            await MakeDiskAsync(domain.Disk, SavedDisk, "qcow2", cancellationToken);
            var state = daemon.SavedState(domain.Name);
            File.Delete(state);
            await DiskCopy.CopyAsync(SavedState, state, cancellationToken);
            LibvirtDaemon.Share(state);
            LibvirtSave.Rename(state, First, domain);
        }
    }

    /// <inheritdoc/>
    public override async Task<Clone> StartAsync(int number, CancellationToken cancellationToken)
    {
        var domain = new LibvirtDomain(daemon, number);
        AgentConnection? agent = null;
        async Task EndAsync()
        {
            if (agent is not null)
                await agent.DisposeAsync();
            await EndDomainAsync(domain);
        }

        try
        {
            var asked = Stopwatch.GetTimestamp();
            await daemon.VirshAsync(cancellationToken, "start", domain.Name);
            var running = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
            agent = await ConnectAsync(domain, cancellationToken);
            (await agent.HelloAsync(HelloDeadline, cancellationToken)).OrThrow();
            return new Clone(EndAsync)
            {
                ProcessId = daemon.ProcessOf(domain.Name),
                RunningMs = running,
                ReadyMs = Stopwatch.GetElapsedTime(asked).TotalMilliseconds,
                // libvirt removes the saved state once the machine runs.
                Files = [domain.Disk],
                Picture = token => PictureAsync(domain, token),
            };
        }
        catch
        {
            await EndAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override async Task RestAsync()
    {
        foreach (var name in (await daemon.VirshAsync(CancellationToken.None, "list", "--all", "--name")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // Of one that was not started. libvirt does not know of it, and would not undefine a machine that has one.
            File.Delete(daemon.SavedState(name));
            await daemon.VirshAsync(CancellationToken.None, "undefine", name);
        }
    }

    /// <inheritdoc/>
    public override Task EndAsync() => daemon.EndAsync();

    private static async Task<AgentConnection> ConnectAsync(LibvirtDomain domain, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(domain.AgentSocket), cancellationToken);
        return AgentConnection.Attach(new NetworkStream(socket, ownsSocket: true), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, TimeProvider.System);
    }

    private static async Task MakeDiskAsync(string path, string below, string format, CancellationToken cancellationToken)
    {
        File.Delete(path);
        string[] arguments = ["create", "-q", "-f", "qcow2", "-b", below, "-F", format, path];
        var made = (await new ToolRunner().RunAsync(new ToolStart("qemu-img", "qemu-utils", arguments), cancellationToken)).OrThrow();
        if (made.ExitCode != 0)
            throw new InvalidOperationException(made.Error);
        LibvirtDaemon.Share(path);
    }

    private async Task<byte[]> PictureAsync(LibvirtDomain domain, CancellationToken cancellationToken)
    {
        var file = daemon.PathOf($"{domain.Name}.picture");
        await daemon.VirshAsync(cancellationToken, "screenshot", domain.Name, file);
        return await File.ReadAllBytesAsync(file, cancellationToken);
    }

    /// <summary>Copies what libvirt's account can not get at where it lies.</summary>
    private async Task<KernelBoot?> BringAsync(CancellationToken cancellationToken)
    {
        await CopyAsync(house.Golden.PathOf(house.Golden.Manifest.Disk.File), Golden);
        if (KernelBoot.Of(house.Golden) is not { } boot)
            return null;
        var (kernel, initrd) = (daemon.PathOf("kernel"), daemon.PathOf("initrd"));
        await CopyAsync(boot.Kernel, kernel);
        await CopyAsync(boot.Initrd, initrd);
        return boot with { Kernel = kernel, Initrd = initrd };

        async Task CopyAsync(string from, string to)
        {
            await DiskCopy.CopyAsync(from, to, cancellationToken);
            LibvirtDaemon.Share(to);
        }
    }

    private async Task DefineAsync(LibvirtDomain domain, KernelBoot? kernel, CancellationToken cancellationToken)
    {
        var file = daemon.PathOf($"{domain.Name}.xml");
        await File.WriteAllTextAsync(file, domain.Define(house.Shape, kernel, house.Runtime.Qemu.Path), cancellationToken);
        await daemon.VirshAsync(cancellationToken, "define", file);
    }

    private async Task EndDomainAsync(LibvirtDomain domain)
    {
        if ((await daemon.VirshAsync(CancellationToken.None, "list", "--name")).Split('\n').Contains(domain.Name))
            await daemon.VirshAsync(CancellationToken.None, "destroy", domain.Name);
        File.Delete(domain.Disk);
    }
}
