using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Processes;
using Mayfly.Qmp;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.Hosts;

/// <summary>
/// Finds out whether a modern kernel really runs on KVM. On some nested hosts /dev/kvm opens, and QEMU stops with "internal-error"
/// seconds into the boot. The probe boots a kernel without a root file system: where KVM works it panics, reboots, and so ends QEMU.
/// </summary>
internal sealed class KvmProbe(
    QemuInstallation qemu, VmAccount account, ProcessWatcher watcher, DataDirectory data, ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(45);

    /// <summary>Boots the kernel and says what happened.</summary>
    public async Task<(bool Works, string Reason)> RunAsync(string kernel, CancellationToken cancellationToken)
    {
        var uuid = Guid.NewGuid();
        var directory = MachineDirectory.Create(data.Machines, uuid);
        RunningProcess? process = null;
        try
        {
            process = Spawn(directory, uuid, kernel);
            await using var qmp = await QmpClient.ConnectAsync(directory.ControlSocket, logger, time, cancellationToken);
            return await JudgeAsync(process, qmp, cancellationToken);
        }
        catch (Exception error) when (error is QmpException or IOException)
        {
            return (false, directory.LastWords() ?? error.Message);
        }
        finally
        {
            if (process is not null)
                await process.EndAsync(TimeSpan.Zero, time);
            directory.Remove();
        }
    }

    private async Task<(bool Works, string Reason)> JudgeAsync(RunningProcess process, QmpClient qmp, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stopped = qmp.NextEventAsync(happened => happened.Name == "STOP", limit.Token);
        var first = await Task.WhenAny(process.Ended, stopped, Task.Delay(Deadline, time, limit.Token));
        await limit.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        // The control connection ends with QEMU, and may be seen to end first.
        if (first == process.Ended || (first == stopped && !stopped.IsCompletedSuccessfully))
        {
            var exit = await process.Ended;
            return exit is { Code: 0 } ? (true, "A kernel boots on KVM here.") : (false, $"QEMU ended with {exit} on KVM.");
        }

        return first == stopped
            ? (false, $"/dev/kvm opens, but no kernel runs on it: QEMU stopped with {await qmp.QueryStatusAsync(cancellationToken)}.")
            : (false, $"/dev/kvm opens, but a kernel did not boot on it within {Deadline.TotalSeconds:0} s.");
    }

    private RunningProcess Spawn(MachineDirectory directory, Guid uuid, string kernel)
    {
        using var inheritance = QemuInheritance.Of(directory);
        inheritance.Open(QemuDescriptors.Kernel, kernel, FileAccess.Read);
        string[] arguments =
        [
            "-name", MachineDirectory.ProcessNameOf(uuid.ToString("N")), "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
            "-machine", $"{qemu.MachineType},usb=off,sata=off", "-accel", "kvm", "-cpu", CpuModels.Kvm, "-m", "size=256M",
            "-chardev", $"socket,id=control,fd={QemuDescriptors.Control},server=on,wait=off", "-mon", "chardev=control,mode=control",
            "-kernel", $"/proc/self/fd/{QemuDescriptors.Kernel}", "-append", "panic=-1 quiet",
        ];
        return inheritance.Start(account, qemu, arguments, watcher);
    }
}
