using System.Collections.Concurrent;
using System.Diagnostics;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Guests;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Measuring;

namespace Mayfly.VersusBench;

/// <summary>QEMU by itself: started for each clone with the saved guest's state, which it reads whole before the guest runs.</summary>
/// <param name="house">What it is started with.</param>
/// <param name="saved">The guest.</param>
/// <param name="snapshot">True loads the snapshot in a copy of its disk; false reads the state from a file, on an overlay.</param>
/// <param name="key">Tells it from the others.</param>
/// <param name="name">Its name, for a table.</param>
/// <param name="about">What is done from the request to READY, a sentence.</param>
internal sealed class QemuWay(House house, SavedGuest saved, bool snapshot, string key, string name, string about) : Way(key, name, about)
{
    private static readonly TimeSpan HelloDeadline = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<int, (Guid Uuid, MachineDirectory Directory)> _held = new();

    /// <inheritdoc/>
    public override long SavedBytes => Blocks(saved.Disk.Path) + (snapshot ? 0 : Blocks(saved.State));

    /// <inheritdoc/>
    public override Task PrepareAsync(CancellationToken cancellationToken) => saved.MakeAsync(cancellationToken);

    /// <inheritdoc/>
    public override async Task GetReadyAsync(int count, CancellationToken cancellationToken)
    {
        for (var number = 0; number < count; number++)
        {
            var uuid = Guid.NewGuid();
            var directory = MachineDirectory.Create(house.Data.Machines, uuid);
            _held[number] = (uuid, directory);
            await DiskCopy.CopyAsync(snapshot ? saved.Disk.Path : saved.EmptyOverlay, directory.Overlay, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override async Task<Clone> StartAsync(int number, CancellationToken cancellationToken)
    {
        if (!_held.TryRemove(number, out var held))
            throw new InvalidOperationException($"No disk is there for clone {number}.");
        var slot = house.Slots.Take();
        QemuMachine? machine = null;
        AgentConnection? agent = null;
        async Task EndAsync()
        {
            if (agent is not null)
                await agent.DisposeAsync();
            await (machine?.DestroyAsync() ?? Task.CompletedTask);
            held.Directory.Remove();
            house.Slots.Return(slot);
        }

        try
        {
            var asked = Stopwatch.GetTimestamp();
            var own = new DiskFile(held.Directory.Overlay, "qcow2");
            var chain = saved.Under(own, snapshot);
            string[] load = snapshot ? ["-loadvm", SavedGuest.Snapshot] : ["-incoming", $"fd:{PlainQemu.StateDescriptor}"];
            var spec = PlainQemu.SpecOf(house, held.Uuid, chain, slot);
            machine = await PlainQemu.StartAsync(house, spec, held.Directory, load, snapshot ? null : saved.State, cancellationToken);
            await PlainQemu.RunningAsync(machine, cancellationToken);
            var running = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
            agent = await machine.ConnectAgentAsync(cancellationToken);
            (await agent.HelloAsync(HelloDeadline, cancellationToken)).OrThrow();
            var started = machine;
            return new Clone(EndAsync)
            {
                ProcessId = machine.Process.Id,
                RunningMs = running,
                ReadyMs = Stopwatch.GetElapsedTime(asked).TotalMilliseconds,
                Files = [own.Path],
                Picture = token => PlainQemu.PictureAsync(started, token),
            };
        }
        catch
        {
            await EndAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override Task RestAsync()
    {
        foreach (var number in _held.Keys)
        {
            if (_held.TryRemove(number, out var held))
                held.Directory.Remove();
        }

        return Task.CompletedTask;
    }

    private static long Blocks(string file) => FileBlocks.Of(file)?.Bytes ?? 0;
}
