using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Volumes;

/// <summary>
/// Runs qemu-img on volumes, and tells why it failed by looking rather than by its words. What a QEMU had open that a guest has broken out of may
/// name any file of this host as its backing file: qemu-img, which may read all of them, is kept from such a volume.
/// </summary>
internal sealed class QemuImages(ToolRunner tools)
{
    /// <summary>Runs a command that holds QEMU's lock on the volume. Faults: VolumeInUse, HostDiskLow, VolumeUnusable, ToolMissing.</summary>
    /// <param name="volume">The file that can be in use.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="arguments">Command and arguments.</param>
    public async Task<Outcome<Done>> RunAsync(string volume, CancellationToken cancellationToken, params string[] arguments)
    {
        if (ImageLock.IsHeld(volume))
            return InUse();
        if (await ReferenceAsync(volume, cancellationToken) is { } refused)
            return refused;
        var run = await tools.RunAsync(new ToolStart("qemu-img", "qemu-utils", arguments), cancellationToken);
        if (run.Fault is { } missing)
            return missing;
        if (run.Value.ExitCode == 0)
            return Done.Yes;
        // Somebody may have taken it in between.
        return ImageLock.IsHeld(volume) ? InUse() : Failed(volume, "qemu-img", run.Value.Error);
    }

    /// <summary>Looks at a volume, in use or not. Faults: VolumeUnusable, ToolMissing.</summary>
    public async Task<Outcome<QemuImageInfo>> ReadAsync(string volume, CancellationToken cancellationToken)
    {
        if (await ReferenceAsync(volume, cancellationToken) is { } refused)
            return refused;
        var run = await tools.RunAsync(new ToolStart("qemu-img", "qemu-utils", ["info", "--force-share", "--output=json", "-f", "qcow2", volume]), cancellationToken);
        if (run.Fault is { } missing)
            return missing;
        return run.Value.ExitCode == 0 ? Parse(run.Value.Output) : Failed(volume, "qemu-img", run.Value.Error);
    }

    /// <summary>Why a program could not do its work on a volume. HostDiskLow or VolumeUnusable.</summary>
    public Fault Failed(string volume, string program, string words)
    {
        var directory = Path.GetDirectoryName(volume)!;
        return DiskSpace.IsSpent(directory)
            ? new Fault(ErrorCode.HostDiskLow, "There is no room for the volume.", $"The disk of {directory} is full.", "Make room on that disk.")
            : new Fault(ErrorCode.VolumeUnusable, "The volume can not be worked with.", $"{program}: {words.Trim().Split('\n')[^1]}");
    }

    private static async Task<Fault?> ReferenceAsync(string volume, CancellationToken cancellationToken)
    {
        if (!File.Exists(volume))
            return null;
        await using var file = File.OpenRead(volume);
        return await Qcow2Header.CheckAsync(file, volume, cancellationToken) is { Code: ErrorCode.ImageHasExternalReference }
            ? new Fault(
                ErrorCode.VolumeUnusable, "The volume can not be worked with.", "It refers to another file, which no volume does: somebody has tampered with it.",
                "Restore the volume from a backup, and look into the machine that had it last.")
            : null;
    }

    private static QemuImageInfo Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var info = document.RootElement;
        var snapshots = info.TryGetProperty("snapshots", out var list) ? list.EnumerateArray().Select(snapshot => snapshot.GetProperty("name").GetString() ?? "").ToList() : [];
        return new QemuImageInfo(info.GetProperty("virtual-size").GetInt64(), snapshots);
    }

    private static Fault InUse() => new(
        ErrorCode.VolumeInUse, "The volume is in use.", "A machine has it, or other work on it is under way.", "Try again when its user has logged off.");
}

/// <summary>A qcow2 file.</summary>
/// <param name="VirtualBytes">Size of the disk in it.</param>
/// <param name="Snapshots">Names of the snapshots in it.</param>
internal sealed record QemuImageInfo(long VirtualBytes, IReadOnlyList<string> Snapshots);
