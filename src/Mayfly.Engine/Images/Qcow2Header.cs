using System.Buffers.Binary;
using Mayfly.Contracts;

namespace Mayfly.Engine.Images;

/// <summary>
/// The fixed part of a qcow2 header, read by ourselves: QEMU's tools follow what an image refers to as soon as they open it,
/// so references to other files must be found before.
/// </summary>
internal static class Qcow2Header
{
    private const int Length = 112;
    private const int MinLength = 72;
    private const uint Magic = 0x514649FB;
    private const long MinVirtualBytes = 1L << 20;
    private const long MaxVirtualBytes = 8L << 40;

    private const ulong Corrupt = 1 << 1;
    private const ulong ExternalData = 1 << 2;
    private const ulong KnownIncompatible = 0b11111;

    /// <summary>Null when a file is a qcow2 image that stands alone. Faults: ImageFormatUnsupported, ImageHasExternalReference.</summary>
    public static async Task<Fault?> CheckAsync(Stream file, string path, CancellationToken cancellationToken)
    {
        var header = new byte[Length];
        file.Position = 0;
        var read = await file.ReadAtLeastAsync(header, Length, throwOnEndOfStream: false, cancellationToken);
        return read < MinLength || BinaryPrimitives.ReadUInt32BigEndian(header) != Magic
            ? Unsupported(path, "it is not in qcow2 format", "Convert it: qemu-img convert -O qcow2 FILE NEW.qcow2")
            : Judge(header, path);
    }

    private static Fault? Judge(ReadOnlySpan<byte> header, string path)
    {
        var version = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        var backingOffset = BinaryPrimitives.ReadUInt64BigEndian(header[8..]);
        var clusterBits = BinaryPrimitives.ReadUInt32BigEndian(header[20..]);
        var virtualBytes = BinaryPrimitives.ReadUInt64BigEndian(header[24..]);
        var encryption = BinaryPrimitives.ReadUInt32BigEndian(header[32..]);
        var incompatible = version >= 3 ? BinaryPrimitives.ReadUInt64BigEndian(header[72..]) : 0;

        if (version is not (2 or 3))
            return Unsupported(path, $"its qcow2 version is {version}", "Convert it: qemu-img convert -O qcow2 FILE NEW.qcow2");
        if (backingOffset != 0)
            return External(path, "it has a backing file");
        if ((incompatible & ExternalData) != 0)
            return External(path, "its data lie in another file");
        if (encryption != 0)
            return Unsupported(path, "it is encrypted", "Convert it to an image without encryption.");
        if ((incompatible & Corrupt) != 0)
            return Unsupported(path, "it is marked corrupt", "Repair it: qemu-img check -r all FILE");
        if ((incompatible & ~KnownIncompatible) != 0)
            return Unsupported(path, "it needs qcow2 features unknown here", "Convert it: qemu-img convert -O qcow2 FILE NEW.qcow2");
        if (clusterBits is < 9 or > 21 || virtualBytes is < MinVirtualBytes or > MaxVirtualBytes)
            return Unsupported(path, "its size is beyond 1 MiB to 8 TiB, or its cluster size is impossible", null);
        return null;
    }

    /// <summary>A fault for a file that is no image Mayfly accepts.</summary>
    public static Fault Unsupported(string path, string why, string? remedy) =>
        new(ErrorCode.ImageFormatUnsupported, $"{path} cannot be imported: {why}.", Remedy: remedy);

    /// <summary>A fault for an image that is not whole by itself.</summary>
    public static Fault External(string path, string why) => new(
        ErrorCode.ImageHasExternalReference,
        $"{path} cannot be imported: {why}.",
        "An image that refers to other files could show a guest any file of this host.",
        "Make it stand alone: qemu-img convert -O qcow2 FILE NEW.qcow2");
}
