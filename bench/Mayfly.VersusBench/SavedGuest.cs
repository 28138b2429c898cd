using Mayfly.Engine.Disks;
using Mayfly.Engine.Guests;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Networks;
using Mayfly.Engine.Publishing;
using Mayfly.Qmp;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.VersusBench;

/// <summary>
/// The guest in the state in which a publish froze it, saved with all its memory: as an internal snapshot of its disk, and as a file that
/// QEMU takes for an incoming migration. It need not boot: it is a fork that is nobody yet.
/// </summary>
internal sealed class SavedGuest(House house) : IAsyncDisposable
{
    /// <summary>Name of the snapshot.</summary>
    public const string Snapshot = "saved";

    // As fast as the disk takes it: only what is measured counts.
    private const long NoLimit = 1L << 40;
    private static readonly TimeSpan SaveDeadline = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private Task? _made;

    private string Directory => Path.Combine(house.Data.Cache, "versus");

    /// <summary>What the guest has written since it was frozen, with the snapshot in it.</summary>
    public DiskFile Disk => new(Path.Combine(Directory, "saved.qcow2"), "qcow2");

    /// <summary>Device state and memory.</summary>
    public string State => Path.Combine(Directory, "saved.state");

    /// <summary>The disk of a clone: a copy of <see cref="Disk"/>, or an overlay on it.</summary>
    public DiskChain Under(DiskFile own, bool copy)
    {
        var below = WarmImage.DiskUnder(Disk.Path, house.Runtime.WarmImages.FilesOf(house.Image), house.Golden).Files;
        return new DiskChain([own, .. copy ? below.Skip(1) : below]);
    }

    /// <summary>An empty overlay.</summary>
    public string EmptyOverlay => Path.Combine(Directory, "empty.qcow2");

    /// <summary>Saves it; the first call does, all others wait for that.</summary>
    public Task MakeAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _made ??= RunAsync(cancellationToken);
    }

    /// <summary>Waits until a guest's desktop is drawn and quiet, as a publish does.</summary>
    public static async Task SettleAsync(House house, AgentConnection agent, CancellationToken cancellationToken)
    {
        (await agent.HelloAsync(house.Options.BootDeadline, cancellationToken)).OrThrow();
        (await agent.SettleAsync(house.Golden.Manifest.Settle with { TimeoutSeconds = (int)house.Options.BootDeadline.TotalSeconds }, cancellationToken)).OrThrow();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Remove();
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        Remove();
        System.IO.Directory.CreateDirectory(Directory);
        var warm = (await house.Runtime.WarmAsync(house.Image, cancellationToken)).OrThrow();
        foreach (var path in (string[])[Disk.Path, EmptyOverlay])
            File.Copy(warm.Files.EmptyOverlay, path);
        var uuid = Guid.NewGuid();
        // No clone gets the last slot; there is one such guest at a time.
        var spec = PlainQemu.SpecOf(house, uuid, warm.DiskUnder(Disk.Path), new AddressSlot(AddressSlot.Count - 1));
        var launcher = new QemuLauncher(house.Runtime.Qemu, house.Account, house.Limits, house.Watcher, house.Logger, TimeProvider.System);
        using var memory = await OwnMemoryAsync(warm, cancellationToken);
        var machine = (await launcher.StartAsync(spec, MachineDirectory.Create(house.Data.Machines, uuid), memory, cancellationToken)).OrThrow();
        try
        {
            await WakeAsync(machine, warm.Files.State, cancellationToken);
            await using var agent = await machine.ConnectAgentAsync(cancellationToken);
            (await agent.HelloAsync(house.Options.BootDeadline, cancellationToken)).OrThrow();
            await SaveAsync(machine.Qmp, cancellationToken);
        }
        finally
        {
            await machine.DestroyAsync();
        }
    }

    /// <summary>To save it, QEMU reads all of it, which fills what is empty: that must not be in the memory that forks share.</summary>
    private static async Task<SafeFileHandle> OwnMemoryAsync(WarmImage warm, CancellationToken cancellationToken)
    {
        var length = RandomAccess.GetLength(warm.Memory);
        var memory = GuestMemory.Create(length);
        _ = await SparseHash.CopyAsync(warm.Memory, memory, length, cancellationToken);
        return memory;
    }

    private static async Task WakeAsync(QemuMachine machine, string state, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(state);
        await machine.Qmp.PrepareMigrationAsync(cancellationToken);
        await machine.Qmp.GetDescriptorAsync(QemuNames.StateDescriptor, file, cancellationToken);
        await machine.Qmp.MigrateIncomingAsync(QemuNames.StateDescriptor, cancellationToken);
        await PlainQemu.RunningAsync(machine, cancellationToken);
    }

    private async Task SaveAsync(QmpClient qmp, CancellationToken cancellationToken)
    {
        await qmp.ExecuteAsync("migrate-set-parameters", new Dictionary<string, object> { ["max-bandwidth"] = NoLimit }, QmpDeadlines.Quick, cancellationToken);
        // All memory this time, also what it shares with the warm image.
        await qmp.ExecuteAsync(
            "migrate-set-capabilities", new { capabilities = new[] { new { capability = "x-ignore-shared", state = false } } }, QmpDeadlines.Quick, cancellationToken);
        var said = await qmp.ExecuteAsync(
            "human-monitor-command", new Dictionary<string, object> { ["command-line"] = $"savevm {Snapshot}" }, SaveDeadline, cancellationToken);
        if (said.GetString() is { Length: > 0 } refused)
            throw new InvalidOperationException($"QEMU did not save the snapshot: {refused}");
        using var state = File.OpenHandle(State, FileMode.CreateNew, FileAccess.ReadWrite);
        await qmp.GetDescriptorAsync(QemuNames.StateDescriptor, state, cancellationToken);
        await qmp.MigrateAsync(QemuNames.StateDescriptor, cancellationToken).WaitAsync(SaveDeadline, cancellationToken);
    }

    private void Remove()
    {
        if (System.IO.Directory.Exists(Directory))
            System.IO.Directory.Delete(Directory, recursive: true);
    }
}
