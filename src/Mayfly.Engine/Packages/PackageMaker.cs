using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Images;
using Mayfly.Engine.Packages.Archives;
using Mayfly.Engine.Packages.Programs;

namespace Mayfly.Engine.Packages;

/// <summary>
/// Makes packages, always in the same way: the entries of an archive are read one by one, checked, and written anew into a squashfs of
/// our own. What is imported, what was captured and what is built over another package all go through here.
/// </summary>
internal sealed class PackageMaker(PackageStore store, ArchiveOpener opener, ProgramScan programs, TimeProvider time)
{
    /// <summary>Makes a package. Faults: AlreadyExists, PackageInvalid, PackagePrivileged, CaptureFailed, HostDiskLow, ToolMissing.</summary>
    public async Task<Outcome<PackageManifest>> MakeAsync(PackageOrder order, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        if (store.Reserve(order.Id) is { } taken)
            return taken;
        using var staged = store.Stage();
        try
        {
            progress.Report(new StepProgress("Reading the archive", 5));
            var written = await WriteAsync(order, staged, cancellationToken);
            if (!written.TryGet(out var run, out var fault))
                return fault;
            progress.Report(new StepProgress("Looking for programs", 80));
            var found = await programs.FindAsync(staged.Directory, run.Contents, cancellationToken);
            progress.Report(new StepProgress("Saving the package", 90));
            return await CommitAsync(order, staged, run, found, cancellationToken);
        }
        catch (InvalidDataException refused)
        {
            return Invalid(order, refused.Message);
        }
        catch (IOException error) when (DiskFault.When(error, NoRoom(order), store.Root) is { } full)
        {
            return full;
        }
    }

    private async Task<Outcome<PackageRun>> WriteAsync(PackageOrder order, StagedVersion staged, CancellationToken cancellationToken)
    {
        var source = await OwnCopyAsync(order, staged, cancellationToken);
        var created = SquashWriter.Create(PackageStore.FileIn(staged.Directory));
        if (!created.TryGet(out var writer, out var lack))
            return lack;
        await using var closing = writer;
        var run = new PackageRun(order, opener, writer);
        Fault? fault;
        var complete = true;
        try
        {
            fault = await run.CopyAllAsync(source, cancellationToken);
        }
        catch (IOException) when (!cancellationToken.IsCancellationRequested)
        {
            // The pipe broke: the writer knows why.
            (fault, complete) = (null, false);
        }

        if (fault is not null)
            return fault;
        if (await writer.FinishAsync(complete, cancellationToken) is { } failure)
            return store.IsFull ? store.Full(NoRoom(order)) : Invalid(order, failure);
        return run;
    }

    /// <summary>
    /// A squashfs is copied first: the process that reads it has no right to any file of others, and the file could change while it is read.
    /// </summary>
    private static async Task<string> OwnCopyAsync(PackageOrder order, StagedVersion staged, CancellationToken cancellationToken)
    {
        if (order.IsCapture || !await ArchiveOpener.IsSquashAsync(order.Path, cancellationToken))
            return order.Path;
        var copy = PackageStore.SourceIn(staged.Directory);
        await DiskCopy.CopyAsync(order.Path, copy, cancellationToken);
        File.SetUnixFileMode(copy, PackageStore.Readable);
        return copy;
    }

    private async Task<Outcome<PackageManifest>> CommitAsync(
        PackageOrder order, StagedVersion staged, PackageRun run, IReadOnlyList<Contracts.Api.PackageProgram> found, CancellationToken cancellationToken)
    {
        File.Delete(PackageStore.SourceIn(staged.Directory));
        var file = PackageStore.FileIn(staged.Directory);
        File.SetUnixFileMode(file, PackageStore.Readable);
        var sha256 = await FileHash.Sha256Async(file, cancellationToken);
        var manifest = new PackageManifest(
            order.Id, run.Os, time.GetUtcNow(), new FileInfo(file).Length, run.Contents.Bytes, run.Contents.Count, sha256, found, run.Contents.Privileged);
        return await store.CommitAsync(staged, manifest, cancellationToken);
    }

    private static string NoRoom(PackageOrder order) => $"There is no room for a package of {order.Name}.";

    private static Fault Invalid(PackageOrder order, string why) => new(ErrorCode.PackageInvalid, $"{order.Name} can not become a package: {why}.");
}
