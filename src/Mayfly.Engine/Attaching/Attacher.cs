using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Engine.Forking;
using Mayfly.Engine.Hosts;
using Mayfly.Qmp;

namespace Mayfly.Engine.Attaching;

/// <summary>
/// Step 6 of the main path, Attach. Compares what is plugged into a machine with what is wanted, plugs in what is missing, has the guest merge it
/// all, and pulls what the guest has let go. The caller has the machine's turn.
/// </summary>
internal sealed class Attacher(DataDirectory data, EngineOptions options, TimeProvider time)
{
    private readonly PackageFit _fit = new(data);

    /// <summary>Gives a machine what is wished. Faults: MachineStateWrong, AgentSilent, AgentProtocol, AgentRefused, MachineUnresponsive.</summary>
    public async Task<Outcome<AttachResult>> AttachAsync(Machine machine, AttachWish wish, CancellationToken cancellationToken)
    {
        try
        {
            return await new AttachRun(machine, new DiskBus(machine.Qemu.Qmp), wish, _fit, options, time).GoAsync(cancellationToken);
        }
        catch (QmpException error)
        {
            return Unresponsive(machine, error);
        }
        finally
        {
            await WriteDownAsync(machine);
        }
    }

    /// <summary>
    /// Ends the programs of a machine's user and pulls what is written to, at rest if the guest plays along. Null when it did.
    /// </summary>
    public async Task<Fault?> ReleaseAsync(Machine machine, TimeSpan grace, CancellationToken cancellationToken)
    {
        var asked = new ReleaseRequest((int)Math.Clamp(Math.Ceiling(grace.TotalSeconds), 0, 60));
        var bus = new DiskBus(machine.Qemu.Qmp);
        try
        {
            return (await machine.Agent.ReleaseAsync(asked, cancellationToken)).Fault;
        }
        finally
        {
            // Whatever the guest says, and whoever has stopped waiting: the volume must be free for the next machine.
            await PullVolumeAsync(machine, bus);
            await WriteDownAsync(machine);
        }
    }

    /// <summary>What a machine that was taken over has. The order of packages is that of its record.</summary>
    /// <param name="qmp">Its control connection.</param>
    /// <param name="record">What was written down.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<Attachments> FindAsync(QmpClient qmp, Attachments record, CancellationToken cancellationToken)
    {
        try
        {
            return await new DiskBus(qmp).ListAsync(cancellationToken) is { } plugged ? Of(plugged, record.Packages) : Attachments.None;
        }
        catch (QmpException)
        {
            // Slow is not dead; it has what it had.
            return record;
        }
    }

    /// <summary>What is attached when these disks are plugged in.</summary>
    /// <param name="plugged">The disks.</param>
    /// <param name="order">Order of the packages, as far as it is known.</param>
    public static Attachments Of(IReadOnlyList<AttachedDisk> plugged, IEnumerable<string> order)
    {
        var packages = plugged.Select(disk => disk.Package).OfType<string>().ToList();
        return new Attachments([.. order.Intersect(packages), .. packages.Except(order)], plugged.Select(disk => disk.Volume).FirstOrDefault(volume => volume is not null));
    }

    private static Fault Unresponsive(Machine machine, QmpException error) =>
        new(ErrorCode.MachineUnresponsive, $"QEMU of {machine.Hostname} did not attach what it was told to.", error.Message, "Try again, or log off and open a new desktop.");

    private static async Task PullVolumeAsync(Machine machine, DiskBus bus)
    {
        try
        {
            var plugged = await bus.ListAsync(CancellationToken.None) ?? [];
            foreach (var disk in plugged.Where(disk => disk.IsWritable))
                await bus.UnplugAsync(disk, CancellationToken.None);
            machine.Attached = machine.Attached with { Volume = null };
        }
        catch (QmpException)
        {
            // It does not answer: its process is ended with all it holds open, or looked at again by the watch.
        }
    }

    private static async Task WriteDownAsync(Machine machine)
    {
        try
        {
            await machine.Record().WriteAsync(machine.Qemu.Directory, CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // QEMU knows what is plugged in; only the order of packages is lost.
        }
    }
}
