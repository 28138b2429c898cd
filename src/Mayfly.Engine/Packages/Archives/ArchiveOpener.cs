using System.Buffers.Binary;
using System.IO.Compression;
using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Packages.Archives;

/// <summary>
/// Opens whatever can become a package as a tar stream. It is judged by what it holds, never by its name. Formats that only programs of
/// others can read are read by a process that can do nothing but that: as the VM account, with limits of time and memory, and without files.
/// </summary>
internal sealed class ArchiveOpener(EngineOptions options)
{
    private const int HeadBytes = 512;
    private const int SquashLengthOffset = 40;

    // Of memory, for the largest dictionary of xz and zstd that is common; of time, for gigabytes on a slow host.
    private const string MemoryLimit = "2147483648";
    private const string CpuSecondsLimit = "1800";

    /// <summary>Opens a file.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="length">How much of it counts; null for all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidDataException">It is none that can be read.</exception>
    public async Task<Outcome<OpenArchive>> OpenAsync(string path, long? length, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        try
        {
            var head = new byte[HeadBytes];
            var count = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            file.Position = 0;
            // Where only a part counts, it is what a guest wrote: a plain archive, of which nothing but its end mark tells the end.
            var opened = Open(path, file, head.AsSpan(0, count), plainOnly: length is not null);
            if (!opened.TryGet(out var archive, out var fault))
            {
                await file.DisposeAsync();
                return fault;
            }

            return archive;
        }
        catch (InvalidDataException)
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>True for a squashfs: a process without rights reads it by its own opening of the file, which therefore must let it.</summary>
    public static async Task<bool> IsSquashAsync(string path, CancellationToken cancellationToken)
    {
        var head = new byte[4];
        await using var file = File.OpenRead(path);
        return await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) == head.Length && IsSquash(head);
    }

    private Outcome<OpenArchive> Open(string path, FileStream file, ReadOnlySpan<byte> head, bool plainOnly)
    {
        if (IsTar(head))
            return new OpenArchive(file);
        if (plainOnly)
            throw new InvalidDataException("it is no tar archive");
        if (IsSquash(head))
            return OpenSquash(path, file, head);
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
            return new OpenArchive(new GZipStream(file, CompressionMode.Decompress), file);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]))
            return Start(path, file, "xz", "xz-utils", "-dc");
        if (head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]))
            return Start(path, file, "zstd", "zstd", "-dcq");
        throw new InvalidDataException(head.StartsWith("QFI"u8)
            ? "it is a disk in qcow2 format, not a package"
            : "it is neither a squashfs nor a tar archive, plain or compressed with gzip, xz or zstd");
    }

    private Outcome<OpenArchive> OpenSquash(string path, FileStream file, ReadOnlySpan<byte> head)
    {
        if (head.Length < SquashLengthOffset + sizeof(ulong) || BinaryPrimitives.ReadUInt64LittleEndian(head[SquashLengthOffset..]) > (ulong)file.Length)
            throw new InvalidDataException("it is incomplete: it ends in the middle");
        // Hard links are followed: when layers are put together, the name that has the content may go.
        return Start(path, file, "sqfs2tar", "squashfs-tools-ng", "--no-skip", "--no-hard-links", "/dev/stdin");
    }

    private Outcome<OpenArchive> Start(string path, FileStream file, string program, string package, params string[] arguments)
    {
        file.Dispose();
        if (ToolRunner.Require(program, package) is { } missing)
            return missing;
        var account = VmAccount.Find(options.VmUser) ?? new VmAccount("root", 0, 0, null);
        var started = PipedTool.Start(new ToolStart("sh", "dash",
        [
            "-c", "exec \"$@\" <\"$0\"", path, VmAccount.SetPriv, .. account.DropArguments(),
            "prlimit", $"--as={MemoryLimit}", $"--cpu={CpuSecondsLimit}", "--fsize=0", "--core=0", ToolRunner.Find(program)!, .. arguments,
        ]));
        return started.TryGet(out var tool, out var fault) ? new OpenArchive(tool) : fault;
    }

    private static bool IsSquash(ReadOnlySpan<byte> head) => head.StartsWith("hsqs"u8);

    private static bool IsTar(ReadOnlySpan<byte> head) => head.Length == HeadBytes && head.Slice(257, 5).SequenceEqual("ustar"u8);
}
