using System.Buffers.Binary;
using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Images;

namespace Mayfly.Engine.Volumes;

/// <summary>
/// Takes a qcow2 file as a volume. It is judged by what it holds, must stand alone, and is written anew without the snapshots it may
/// bring along: their names and contents are not ours.
/// </summary>
internal sealed class VolumeImporter(VolumeStore store, QemuImages images, Qcow2Inspector inspector)
{
    private const int SuperblockKib = 1;
    private const int MagicOffset = 0x38;
    private const ushort Magic = 0xEF53;

    /// <summary>Imports a file. Faults: AlreadyExists, VolumeUnusable, ImageFormatUnsupported, ImageHasExternalReference, HostDiskLow, ToolMissing.</summary>
    public async Task<Outcome<Done>> ImportAsync(string volumeId, string path, int maximumMib, CancellationToken cancellationToken)
    {
        if (!Path.IsPathFullyQualified(path) || !File.Exists(path) || !FileKind.IsRegular(path))
            return Unusable(path, "it is not the absolute path of a regular file");
        using var staged = store.Stage();
        var copy = Path.Combine(staged.Directory, "source");
        try
        {
            if (await CopyAsync(path, copy, cancellationToken) is { } unfit)
                return unfit;
        }
        catch (UnauthorizedAccessException failure)
        {
            return Unusable(path, failure.Message);
        }

        if (!(await inspector.InspectAsync(copy, path, cancellationToken)).TryGet(out var bytes, out var damaged))
            return damaged;
        if (VolumeSize.Mib(bytes) > maximumMib || VolumeSize.Check(VolumeSize.Mib(bytes)) is not null || bytes % (1 << 20) != 0)
            return Unusable(path, $"its size of {bytes:N0} bytes is not a whole number of MiB from 64 to {maximumMib}");
        if (await FileSystemFaultAsync(copy, path, staged.Directory, cancellationToken) is { } foreign)
            return foreign;
        var fresh = VolumeStore.FileIn(staged.Directory);
        var written = await images.RunAsync(copy, cancellationToken, "convert", "-f", "qcow2", "-O", "qcow2", copy, fresh);
        File.Delete(copy);
        return written.Fault is not null ? written : store.Commit(staged, volumeId);
    }

    /// <summary>Copies it when its header is fit, and looks at the copy's once more: the source may have changed meanwhile.</summary>
    private async Task<Fault?> CopyAsync(string path, string copy, CancellationToken cancellationToken)
    {
        await using (var source = File.OpenRead(path))
        {
            if (await Qcow2Header.CheckAsync(source, path, cancellationToken) is { } unfit)
                return unfit;
            if (DiskSpace.Require(store.Root, source.Length, $"import {path}") is { } full)
                return full;
        }

        await DiskCopy.CopyAsync(path, copy, cancellationToken);
        await using var written = File.OpenRead(copy);
        return await Qcow2Header.CheckAsync(written, path, cancellationToken);
    }

    private async Task<Fault?> FileSystemFaultAsync(string copy, string path, string directory, CancellationToken cancellationToken)
    {
        var block = Path.Combine(directory, "superblock");
        var read = await images.RunAsync(
            copy, cancellationToken, "dd", "-f", "qcow2", "-O", "raw", "bs=1024", $"skip={SuperblockKib}", $"count={SuperblockKib + 1}", $"if={copy}", $"of={block}");
        if (read.Fault is { } fault)
            return fault;
        var bytes = await File.ReadAllBytesAsync(block, cancellationToken);
        File.Delete(block);
        return bytes.Length > MagicOffset + sizeof(ushort) && BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(MagicOffset)) == Magic
            ? null
            : Unusable(path, "there is no ext4 file system over all of it");
    }

    private static Fault Unusable(string path, string why) => new(
        ErrorCode.VolumeUnusable, $"{path} can not become a volume: {why}.", Remedy: "Import a file that was exported from Mayfly.");
}
