using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Images;

/// <summary>
/// Step 1 of the main path, Import: takes a qcow2 file as a version of a golden image. It is judged by what it holds, never by its name,
/// and must be whole by itself. It boots itself; the version is the beginning of its hash.
/// </summary>
internal sealed class ImageImporter(DataDirectory data, ImageStore store, ToolRunner tools, TimeProvider time)
{
    private const string DiskFile = "disk.qcow2";

    // Enough for 1920x1080 in 32 bits.
    private const int VideoMemoryMib = 8;

    // An unknown desktop on an emulated host: long enough for a slow boot.
    private static readonly SettleRequest s_settle = new(QuietSeconds: 5, BusyPercent: 10, TimeoutSeconds: 900);

    private readonly Qcow2Inspector _inspector = new(tools);

    /// <summary>
    /// Imports a file. Faults: InvalidRequest, NotFound, ImageFormatUnsupported, ImageHasExternalReference, HostDiskLow, ToolMissing.
    /// </summary>
    public async Task<Outcome<GoldenImage>> ImportAsync(
        ImportImageRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        if (RequestFault(request) is { } refused)
            return refused;
        try
        {
            using var source = new FileStream(request.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0);
            progress.Report(new StepProgress("Checking the file", 0));
            if (await Qcow2Header.CheckAsync(source, request.Path, cancellationToken) is { } unfit)
                return unfit;
            if (DiskSpace.Require(data.Images, source.Length, $"import {request.Path}") is { } full)
                return full;
            return await TakeAsync(request, source, progress, cancellationToken);
        }
        catch (UnauthorizedAccessException failure)
        {
            return new Fault(ErrorCode.InvalidRequest, $"{request.Path} cannot be read.", failure.Message, "Give the user mayflyd runs as the right to read it.");
        }
    }

    private async Task<Outcome<GoldenImage>> TakeAsync(
        ImportImageRequest request, FileStream source, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        using var staged = store.Stage(request.Name);
        var copy = Path.Combine(staged.Directory, DiskFile);
        var sha256 = await ImageCopy.CopyAsync(
            source.SafeFileHandle, copy, share => progress.Report(new StepProgress("Copying the disk", 5 + 80 * share)), cancellationToken);
        var id = new ImageVersion(request.Name, sha256[..12]);
        if ((await store.FindAsync(id.Name, id.Version, cancellationToken)).TryGet(out var present, out _))
            return present;

        // Only the copy is shown to qemu-img, its header checked once more: the source may have changed meanwhile.
        progress.Report(new StepProgress("Checking the disk", 88));
        await using (var written = File.OpenRead(copy))
        {
            if (await Qcow2Header.CheckAsync(written, request.Path, cancellationToken) is { } unfit)
                return unfit;
        }
        if (!(await _inspector.InspectAsync(copy, request.Path, cancellationToken)).TryGet(out var virtualBytes, out var fault))
            return fault;
        progress.Report(new StepProgress("Saving the image", 98));
        return await store.CommitAsync(staged, id, Describe(request, virtualBytes, sha256), cancellationToken);
    }

    private ImageManifest Describe(ImportImageRequest request, long virtualBytes, string sha256) => new()
    {
        Source = "import",
        CreatedAt = time.GetUtcNow(),
        Hardware = new ImageHardware(request.MemoryMib, request.Cpus, VideoMemoryMib),
        Disk = new ImageDisk(DiskFile, "qcow2", virtualBytes, sha256),
        Boot = null,
        Settle = s_settle,
    };

    private static Fault? RequestFault(ImportImageRequest request)
    {
        if (!ImageName.IsValid(request.Name))
            return ImageName.Refused(request.Name);
        if (request.MemoryMib is < 64 or > 1024 * 1024 || request.Cpus is < 1 or > 64)
            return new Fault(ErrorCode.InvalidRequest, "The image's hardware is out of range.", Remedy: "Give it 64 to 1048576 MiB of memory and 1 to 64 CPUs.");
        if (!Path.IsPathFullyQualified(request.Path))
            return new Fault(ErrorCode.InvalidRequest, $"'{request.Path}' is not an absolute path.", Remedy: "Name the file from the root of the server's file system.");
        return FileFault(request.Path);
    }

    private static Fault? FileFault(string path)
    {
        if (Directory.Exists(path))
            return Qcow2Header.Unsupported(path, "it is a directory", "Name the qcow2 file in it.");
        if (!File.Exists(path))
            return new Fault(ErrorCode.NotFound, $"There is no file {path}.", Remedy: "The path is one of the server, not of the computer you sit at.");
        // Opening a pipe would wait for ever, and a device is no file one can copy whole.
        return FileKind.IsRegular(path) ? null : Qcow2Header.Unsupported(path, "it is not a regular file", "Name a qcow2 file.");
    }
}
