using System.Runtime.InteropServices;
using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Limits;
using Mayfly.Engine.Measuring;
using Mayfly.Engine.Processes;
using Mayfly.Qmp;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.Hypervisor;

/// <summary>Starts QEMU from a spec: as the VM account, with open descriptors instead of paths, in a session of its own.</summary>
internal sealed class QemuLauncher(QemuInstallation qemu, VmAccount account, ControlGroups limits, ProcessWatcher watcher, ILogger logger, TimeProvider time)
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
        var started = false;
        try
        {
            var machine = await StartInAsync(spec, directory, memory, cancellationToken);
            started = machine.Fault is null;
            return machine;
        }
        finally
        {
            if (!started)
                directory.Remove();
        }
    }

    /// <summary>As <see cref="StartAsync"/>, for a directory that outlives its process: it stays whatever happens.</summary>
    public async Task<Outcome<QemuMachine>> StartInAsync(
        QemuSpec spec, MachineDirectory directory, SafeHandle memory, CancellationToken cancellationToken)
    {
        RunningProcess? process = null;
        ControlGroup? group = null;
        try
        {
            group = limits.Make(directory, spec.Shape);
            process = Spawn(spec, directory, memory);
            group?.Add(process.Id);
            using var answering = ForkTrace.Step("qemu-answers");
            var qmp = await QmpClient.ConnectAsync(directory.ControlSocket, logger, time, cancellationToken);
            return new QemuMachine(directory, process, group, qmp, logger, time);
        }
        catch (Exception error)
        {
            if (process is not null)
                await process.EndAsync(TimeSpan.Zero, time);
            var words = directory.LastWords();
            group?.Remove();
            if (error is not (QmpException or IOException or UnauthorizedAccessException))
                throw;
            return DiskFault.When(error, "QEMU could not be started.", directory.Path)
                ?? new Fault(ErrorCode.MachineStartFailed, "QEMU did not start.", words ?? error.Message, "Run 'mayfly doctor' to see what this host lacks.");
        }
    }

    private RunningProcess Spawn(QemuSpec spec, MachineDirectory directory, SafeHandle memory)
    {
        using var step = ForkTrace.Step("spawn-qemu");
        using var inheritance = QemuInheritance.Of(directory);
        inheritance.Add(QemuDescriptors.Agent, ListeningSocket.Create(directory.AgentSocket));
        inheritance.Lend(QemuDescriptors.Memory, memory);
        if (spec.Role.DirectKernel is { } boot)
        {
            inheritance.Open(QemuDescriptors.Kernel, boot.Kernel, FileAccess.Read);
            inheritance.Open(QemuDescriptors.Initrd, boot.Initrd, FileAccess.Read);
        }

        for (var index = 0; index < spec.Disk.Files.Count; index++)
            inheritance.Open(QemuDescriptors.FirstDisk + index, spec.Disk.Files[index].Path, index == 0 ? FileAccess.ReadWrite : FileAccess.Read);
        return inheritance.Start(account, qemu, QemuCommandLine.Build(spec), watcher);
    }
}
