using Mayfly.Engine.Disks;
using Mayfly.Engine.Displays;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Networks;
using Mayfly.Engine.Processes;
using Mayfly.Qmp;

namespace Mayfly.VersusBench;

/// <summary>
/// Starts QEMU with the arguments that Mayfly gives it, so that the hardware is the same, but with memory of its own as QEMU has it by
/// default. What is left behind by a run that was killed is cleared away by the engine of the next: directory and name are like its own.
/// </summary>
internal static class PlainQemu
{
    /// <summary>Number under which QEMU finds a saved state.</summary>
    public const int StateDescriptor = 12;

    private const int PictureWidth = 320;

    /// <summary>Starts a QEMU and waits until it answers.</summary>
    /// <param name="house">What it is started with.</param>
    /// <param name="spec">What to start: a shell.</param>
    /// <param name="directory">Its directory, with its disk in place.</param>
    /// <param name="load">How it gets its state, as arguments.</param>
    /// <param name="state">A file to get it from, or null.</param>
    /// <param name="cancellationToken">Ends what was started.</param>
    public static async Task<QemuMachine> StartAsync(
        House house, QemuSpec spec, MachineDirectory directory, IReadOnlyList<string> load, string? state, CancellationToken cancellationToken)
    {
        var process = Spawn(house, spec, directory, load, state);
        try
        {
            var qmp = await QmpClient.ConnectAsync(directory.ControlSocket, house.Logger, TimeProvider.System, cancellationToken, QmpDeadlines.Heavy * 2);
            return new QemuMachine(directory, process, null, qmp, house.Logger, TimeProvider.System);
        }
        catch (Exception error)
        {
            await process.EndAsync(TimeSpan.Zero, TimeProvider.System);
            throw new InvalidOperationException($"QEMU did not start. {directory.LastWords()}", error);
        }
    }

    /// <summary>A spec of a machine with the guest's hardware, which waits for its state.</summary>
    public static QemuSpec SpecOf(House house, Guid uuid, DiskChain disk, AddressSlot slot) =>
        new() { Uuid = uuid, Shape = house.Shape, Disk = disk, Network = slot, Role = new QemuRole.Shell() };

    /// <summary>Completes once the guest's CPUs run.</summary>
    public static async Task RunningAsync(QemuMachine machine, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var resumed = machine.Qmp.NextEventAsync(happened => happened.Name == "RESUME", waiting.Token);
        if (await machine.Qmp.QueryStatusAsync(cancellationToken, QmpDeadlines.Heavy) != "running" && await Task.WhenAny(resumed, machine.Process.Ended) != resumed)
            throw new InvalidOperationException($"QEMU ended. {machine.Directory.LastWords()}");
        await waiting.CancelAsync();
        await ((Task)resumed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A picture of the screen.</summary>
    public static async Task<byte[]> PictureAsync(QemuMachine machine, CancellationToken cancellationToken)
    {
        using var file = new ScreenFile();
        using var theirs = file.OpenForQemu();
        var set = await machine.Qmp.AddDescriptorAsync(theirs, cancellationToken);
        await machine.Qmp.DumpScreenAsync(set, cancellationToken);
        await machine.Qmp.RemoveDescriptorAsync(set, cancellationToken);
        return Thumbnail.Make(file, PictureWidth);
    }

    private static RunningProcess Spawn(House house, QemuSpec spec, MachineDirectory directory, IReadOnlyList<string> load, string? state)
    {
        using var inheritance = QemuInheritance.Of(directory);
        inheritance.Add(QemuDescriptors.Agent, ListeningSocket.Create(directory.AgentSocket));
        for (var index = 0; index < spec.Disk.Files.Count; index++)
            inheritance.Open(QemuDescriptors.FirstDisk + index, spec.Disk.Files[index].Path, index == 0 ? FileAccess.ReadWrite : FileAccess.Read);
        if (state is not null)
            inheritance.Open(StateDescriptor, state, FileAccess.Read);
        return inheritance.Start(house.Account, house.Runtime.Qemu, [.. Arguments(spec), .. load], house.Watcher);
    }

    /// <summary>A shell's arguments but for the last two, which tell it to wait for its state.</summary>
    private static IEnumerable<string> Arguments(QemuSpec spec) => QemuCommandLine.Build(spec)
        .SkipLast(2)
        .Select(argument => argument.StartsWith("memory-backend-file,", StringComparison.Ordinal) ? $"memory-backend-ram,id=ram,size={spec.Shape.MemoryMib}M" : argument);
}
