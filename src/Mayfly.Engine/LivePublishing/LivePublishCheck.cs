using Mayfly.Contracts;
using Mayfly.Engine.Attaching;
using Mayfly.Engine.Forking;
using Mayfly.Engine.Images;
using Mayfly.Qmp;

namespace Mayfly.Engine.LivePublishing;

/// <summary>Tells whether a machine can be copied as it is.</summary>
internal static class LivePublishCheck
{
    /// <summary>Null when it can. Faults: MachineStateWrong.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="files">How many files its disk consists of.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="QmpException">QEMU does not answer.</exception>
    public static async Task<Fault?> CheckAsync(Machine machine, int files, CancellationToken cancellationToken)
    {
        if (machine.Trouble is { } trouble)
            return Wrong(machine, $"It is in trouble: {trouble.What}", "Publish it when it answers again.");
        if (await machine.Qemu.Qmp.QueryStatusAsync(cancellationToken) is var status && status != "running")
            return Wrong(machine, $"It stands still: QEMU calls its state '{status}'.", "Publish it when it runs again.");
        // What a clone is not started with, the state of the copy would not fit.
        if (machine.Capture is not null || await new DiskBus(machine.Qemu.Qmp).ListAsync(cancellationToken) is { Count: > 0 })
            return Wrong(machine, "It has packages, a volume, a persona or a capture attached.", "Publish a machine that has nothing attached, such as one without a session.");
        if (machine.Shape is null)
            return Wrong(machine, "It was made by an earlier version, which did not write down its hardware.", "Publish a machine that is made anew.");
        // Below the base there are layers, and one more is to come.
        return files - 1 > ImageDisk.MostLayers
            ? Wrong(machine, $"Its disk consists of {files} files, and an image's may have {ImageDisk.MostLayers} over its base.", "Publish a machine of an image that was not itself published from a machine so often.")
            : null;
    }

    private static Fault Wrong(Machine machine, string why, string remedy) =>
        new(ErrorCode.MachineStateWrong, $"{machine.Hostname} can not be published now.", why, remedy);
}
