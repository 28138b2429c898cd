using Mayfly.Contracts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Packages.Capturing;

namespace Mayfly.Engine.Packages;

/// <summary>The packages of this host, put together from the rooms that know them.</summary>
internal sealed class PackageLibrary(PackageStore store, PackageMaker maker, CaptureDesk captures, IMachineHost machines) : IPackageLibrary
{
    /// <inheritdoc/>
    public IReadOnlyList<PackageManifest> List() => store.All;

    /// <inheritdoc/>
    public async Task<Outcome<PackageManifest>> ImportAsync(
        string packageId, string path, PackageRules rules, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        if (FileFault(path) is { } unfit)
            return unfit;
        try
        {
            return await maker.MakeAsync(new PackageOrder(packageId, path, rules), progress, cancellationToken);
        }
        catch (UnauthorizedAccessException failure)
        {
            return new Fault(ErrorCode.PackageInvalid, $"{path} can not be read.", failure.Message, "Give the user mayflyd runs as the right to read it.");
        }
    }

    /// <inheritdoc/>
    public Task<Outcome<Done>> BeginCaptureAsync(string machineId, string? basePackage, int sizeMib, CancellationToken cancellationToken) =>
        captures.BeginAsync(machineId, basePackage, sizeMib, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Done>> OpenTerminalAsync(string machineId, CancellationToken cancellationToken) => captures.OpenTerminalAsync(machineId, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Done>> InstallAsync(string machineId, CaptureSource source, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        captures.InstallAsync(machineId, source, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<PackageManifest>> FinishCaptureAsync(
        string packageId, string machineId, PackageRules rules, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        captures.FinishAsync(packageId, machineId, rules, progress, cancellationToken);

    /// <inheritdoc/>
    public Outcome<Stream> Open(string packageId) => store.Find(packageId).Fault is { } unknown
        ? unknown
        : new FileStream(PackageStore.FileIn(store.DirectoryOf(packageId)), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous);

    /// <inheritdoc/>
    public Outcome<byte[]> Icon(string packageId, string programId) => !store.Find(packageId).TryGet(out var package, out var unknown)
        ? unknown
        // Asked of the manifest: the id becomes a file name.
        : package.Programs.Any(program => program.Id == programId && program.HasIcon)
            ? File.ReadAllBytes(PackageStore.IconIn(store.DirectoryOf(packageId), programId))
            : new Fault(ErrorCode.NotFound, $"There is no icon of {programId} in the package {packageId}.");

    /// <inheritdoc/>
    public Task<Outcome<Done>> RemoveAsync(string packageId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (machines.Machines.FirstOrDefault(machine => machine.Attached.Packages.Contains(packageId)) is { } user)
            return Task.FromResult<Outcome<Done>>(new Fault(
                ErrorCode.PackageInUse, $"The package {packageId} is attached to {user.Hostname}.", Remedy: "Remove it when no machine has it any more."));
        store.Remove(packageId);
        return Task.FromResult<Outcome<Done>>(Done.Yes);
    }

    private static Fault? FileFault(string path)
    {
        if (!Path.IsPathFullyQualified(path))
            return Invalid($"'{path}' is not an absolute path.", "Name the file from the root of the server's file system.");
        if (Directory.Exists(path))
            return Invalid($"{path} is a directory.", "Make an archive of it, with usr, opt and etc at its top: tar -C DIRECTORY -cf FILE .");
        if (!File.Exists(path))
            return Invalid($"There is no file {path}.", "The path is one of the server, not of the computer you sit at.");
        // Opening a pipe would wait for ever, and a device has no end.
        return FileKind.IsRegular(path) ? null : Invalid($"{path} is not a regular file.", "Name a squashfs or a tar archive.");
    }

    private static Fault Invalid(string what, string remedy) => new(ErrorCode.PackageInvalid, what, Remedy: remedy);
}
