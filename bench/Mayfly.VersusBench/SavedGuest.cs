using Mayfly.Engine.Disks;
using Mayfly.Engine.Guests;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Networks;
using Mayfly.Qmp;

namespace Mayfly.VersusBench;

/// <summary>
/// A guest that was booted once, until its desktop was drawn and quiet as at a publish, and then saved with all its memory: as an internal
/// snapshot of its disk, and as a file that QEMU takes for an incoming migration.
/// </summary>
internal sealed class SavedGuest(House house) : IAsyncDisposable
{
    /// <summary>Name of the snapshot.</summary>
    public const string Snapshot = "saved";

    // As fast as the disk takes it: only what is measured counts.
    private const long NoLimit = 1L << 40;
    private static readonly TimeSpan SaveDeadline = TimeSpan.FromMinutes(5);

    private string Directory => Path.Combine(house.Data.Cache, "versus");

    /// <summary>What the guest had written over the golden disk, with the snapshot in it.</summary>
    public DiskFile Disk => new(Path.Combine(Directory, "saved.qcow2"), "qcow2");

    /// <summary>Device state and memory.</summary>
    public string State => Path.Combine(Directory, "saved.state");

    /// <summary>An empty overlay.</summary>
    public string EmptyOverlay => Path.Combine(Directory, "empty.qcow2");

    /// <summary>Boots and saves.</summary>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        Remove();
        System.IO.Directory.CreateDirectory(Directory);
        foreach (var path in (string[])[Disk.Path, EmptyOverlay])
            (await new OverlayMaker().CreateAsync(path, house.Golden.Manifest.Disk.VirtualBytes, cancellationToken)).OrThrow();
        var uuid = Guid.NewGuid();
        var chain = new DiskChain([Disk, PlainQemu.GoldenDisk(house)]);
        // No clone gets the last slot; there is one such guest at a time.
        var spec = PlainQemu.SpecOf(house, uuid, chain, new AddressSlot(AddressSlot.Count - 1), new QemuRole.Boot(KernelBoot.Of(house.Golden)));
        var machine = await PlainQemu.StartAsync(house, spec, MachineDirectory.Create(house.Data.Machines, uuid), [], null, cancellationToken);
        try
        {
            await machine.Qmp.SetLinkAsync(QemuNames.NetworkCard, up: false, cancellationToken);
            await machine.Qmp.ContinueAsync(cancellationToken);
            await using var agent = await machine.ConnectAgentAsync(cancellationToken);
            await SettleAsync(house, agent, cancellationToken);
            await SaveAsync(machine.Qmp, cancellationToken);
        }
        finally
        {
            await machine.DestroyAsync();
        }
    }

    /// <summary>Waits until a guest's desktop is drawn and quiet, as a publish does.</summary>
    public static async Task SettleAsync(House house, AgentConnection agent, CancellationToken cancellationToken)
    {
        (await agent.HelloAsync(house.Options.BootDeadline, cancellationToken)).OrThrow();
        (await agent.SettleAsync(house.Golden.Manifest.Settle, cancellationToken)).OrThrow();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Remove();
        return ValueTask.CompletedTask;
    }

    private async Task SaveAsync(QmpClient qmp, CancellationToken cancellationToken)
    {
        var said = await qmp.ExecuteAsync(
            "human-monitor-command", new Dictionary<string, object> { ["command-line"] = $"savevm {Snapshot}" }, SaveDeadline, cancellationToken);
        if (said.GetString() is { Length: > 0 } refused)
            throw new InvalidOperationException($"QEMU did not save the snapshot: {refused}");
        await qmp.ExecuteAsync("migrate-set-parameters", new Dictionary<string, object> { ["max-bandwidth"] = NoLimit }, QmpDeadlines.Quick, cancellationToken);
        await qmp.ExecuteAsync(
            "migrate-set-capabilities", new { capabilities = new[] { new { capability = "events", state = true } } }, QmpDeadlines.Quick, cancellationToken);
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
