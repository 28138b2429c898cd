using System.Runtime.InteropServices;
using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Processes;
using Mayfly.Qmp;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Hypervisor;

/// <summary>Starts QEMU from a spec: as the VM account, with open descriptors instead of paths, in a session of its own.</summary>
internal sealed class QemuLauncher(QemuInstallation qemu, VmAccount account, ProcessWatcher watcher, ILogger logger, TimeProvider time)
{
    /// <summary>The QEMU that is started.</summary>
    public QemuInstallation Qemu => qemu;

    /// <summary>
    /// Starts a QEMU and waits until it answers. On a fault nothing of it is left, the directory included.
    /// Faults: MachineStartFailed.
    /// </summary>
    /// <param name="spec">What to start.</param>
    /// <param name="directory">Its directory, with the overlay in place.</param>
    /// <param name="memory">Guest memory, a memfd of the shape's size. The caller keeps it.</param>
    /// <param name="cancellationToken">Kills what was started.</param>
    public async Task<Outcome<QemuMachine>> StartAsync(
        QemuSpec spec, MachineDirectory directory, SafeHandle memory, CancellationToken cancellationToken)
    {
        RunningProcess? process = null;
        try
        {
            process = Spawn(spec, directory, memory);
            var qmp = await QmpClient.ConnectAsync(directory.ControlSocket, logger, time, cancellationToken);
            return new QemuMachine(directory, process, qmp, logger, time);
        }
        catch (Exception error)
        {
            if (process is not null)
                await process.EndAsync(TimeSpan.Zero, time);
            var words = directory.LastWords();
            directory.Remove();
            if (error is not (QmpException or IOException))
                throw;
            return new Fault(ErrorCode.MachineStartFailed, "QEMU did not start.", words ?? error.Message, "Run 'mayfly doctor' to see what this host lacks.");
        }
    }

    private RunningProcess Spawn(QemuSpec spec, MachineDirectory directory, SafeHandle memory)
    {
        // QEMU inherits the listening sockets, so a connection made before it runs simply waits for it.
        // They stay open in QEMU alone; our own copies end here, so that a connection to a dead QEMU is refused.
        using var control = ListeningSocket.Create(directory.ControlSocket);
        using var agent = ListeningSocket.Create(directory.AgentSocket);
        using var input = File.OpenHandle("/dev/null");
        using var log = File.OpenHandle(directory.Log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        var descriptors = new Dictionary<int, SafeHandle>
        {
            [QemuDescriptors.Input] = input,
            [QemuDescriptors.Output] = log,
            [QemuDescriptors.Error] = log,
            [QemuDescriptors.Memory] = memory,
            [QemuDescriptors.Control] = control,
            [QemuDescriptors.Agent] = agent,
        };
        var files = OpenFiles(spec, descriptors);
        try
        {
            string[] arguments = [.. account.DropArguments(), qemu.Path, .. QemuCommandLine.Build(spec)];
            return RunningProcess.Start(new ProcessStart(VmAccount.SetPriv, arguments, descriptors), watcher);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    private static List<SafeFileHandle> OpenFiles(QemuSpec spec, Dictionary<int, SafeHandle> descriptors)
    {
        var files = new List<SafeFileHandle>();
        if (spec.Role is QemuRole.Parent { Kernel: { } boot })
        {
            Open(QemuDescriptors.Kernel, boot.Kernel, FileAccess.Read);
            Open(QemuDescriptors.Initrd, boot.Initrd, FileAccess.Read);
        }

        for (var index = 0; index < spec.Disk.Files.Count; index++)
            Open(QemuDescriptors.FirstDisk + index, spec.Disk.Files[index].Path, index == 0 ? FileAccess.ReadWrite : FileAccess.Read);
        return files;

        void Open(int number, string path, FileAccess access)
        {
            var file = File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite);
            files.Add(file);
            descriptors[number] = file;
        }
    }
}
