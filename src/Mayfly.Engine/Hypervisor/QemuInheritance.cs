using System.Runtime.InteropServices;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Processes;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Hypervisor;

/// <summary>
/// The descriptors a QEMU is started with. Listening sockets are inherited, so a connection made before QEMU runs simply waits for it.
/// All stay open in QEMU alone; our own copies end here, so that a connection to a dead QEMU is refused.
/// </summary>
internal sealed class QemuInheritance : IDisposable
{
    private readonly List<SafeFileHandle> _own = [];
    private readonly Dictionary<int, SafeHandle> _descriptors = [];

    /// <summary>Input, output, errors and control connection: what each QEMU has. An exception leaves nothing open.</summary>
    public static QemuInheritance Of(MachineDirectory directory)
    {
        var inheritance = new QemuInheritance();
        try
        {
            inheritance.Add(QemuDescriptors.Control, ListeningSocket.Create(directory.ControlSocket));
            inheritance.Open(QemuDescriptors.Input, "/dev/null", FileAccess.Read);
            var log = directory.Log.OpenForQemu();
            inheritance.Add(QemuDescriptors.Output, log);
            inheritance._descriptors[QemuDescriptors.Error] = log;
            return inheritance;
        }
        catch
        {
            inheritance.Dispose();
            throw;
        }
    }

    /// <summary>Passes a descriptor on, and closes it here with the others.</summary>
    public void Add(int number, SafeFileHandle handle)
    {
        _own.Add(handle);
        _descriptors[number] = handle;
    }

    /// <summary>Passes a descriptor on; its owner keeps it.</summary>
    public void Lend(int number, SafeHandle handle) => _descriptors[number] = handle;

    /// <summary>Opens a file to pass it on.</summary>
    public void Open(int number, string path, FileAccess access) => Add(number, File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite));

    /// <summary>Starts QEMU as the VM account.</summary>
    public RunningProcess Start(VmAccount account, QemuInstallation qemu, IReadOnlyList<string> arguments, ProcessWatcher watcher) =>
        RunningProcess.Start(new ProcessStart(VmAccount.SetPriv, [.. account.DropArguments(), qemu.Path, .. arguments], _descriptors), watcher);

    public void Dispose() => _own.ForEach(handle => handle.Dispose());
}
