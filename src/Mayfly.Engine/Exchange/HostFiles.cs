using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Packages;
using Mayfly.Engine.Personas;
using Mayfly.Engine.Volumes;

namespace Mayfly.Engine.Exchange;

/// <summary>The files of this host, put together from the stores that keep them.</summary>
internal sealed class HostFiles(PackageStore packages, VolumeStore volumes, PersonaStore personas, MachineHost machines) : IHostFiles
{
    /// <inheritdoc/>
    public IReadOnlyList<string> List(HostFileKind kind) => kind switch
    {
        HostFileKind.Package => [.. packages.All.Select(package => package.Id)],
        HostFileKind.Volume => volumes.List(),
        _ => personas.List(),
    };

    /// <inheritdoc/>
    public string VolumeStorage() => volumes.StorageId();

    /// <inheritdoc/>
    public Task<Outcome<Stream>> OpenAsync(HostFileKind kind, string id, CancellationToken cancellationToken)
    {
        var path = kind switch
        {
            HostFileKind.Package => packages.Find(id).Fault is { } unknown ? unknown : (Outcome<string>)PackageStore.FileIn(packages.DirectoryOf(id)),
            HostFileKind.Volume => VolumeUser(id) is { } used ? used : volumes.Find(id),
            _ => personas.Find(id),
        };
        return Task.FromResult(path.TryGet(out var file, out var fault)
            ? new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.SequentialScan)
            : (Outcome<Stream>)fault);
    }

    /// <inheritdoc/>
    public async Task<Outcome<Done>> ReceiveAsync(HostFile file, Stream content, CancellationToken cancellationToken)
    {
        if (!DiskId.IsValid(file.Id) || file.Bytes < 0)
            return new Fault(ErrorCode.InvalidRequest, $"'{file.Id}' of {file.Bytes} bytes is no file that a host takes.");
        try
        {
            return file.Kind switch
            {
                HostFileKind.Package => await ReceivePackageAsync(file, content, cancellationToken),
                HostFileKind.Volume => await ReceiveVolumeAsync(file, content, cancellationToken),
                _ => await personas.ReceiveAsync(file.Id, target => HashedCopy.RunAsync(content, target, file.Bytes, cancellationToken)),
            };
        }
        catch (EndOfStreamException)
        {
            return new Fault(ErrorCode.InvalidRequest, $"The {file.Kind} {file.Id} has not come whole.");
        }
        catch (IOException error) when (DiskFault.When(error, $"There is no room for the {file.Kind} {file.Id}.", packages.Root) is { } full)
        {
            return full;
        }
    }

    /// <inheritdoc/>
    public Task<Outcome<Done>> RemoveAsync(HostFileKind kind, string id, CancellationToken cancellationToken) => Task.FromResult(Remove(kind, id));

    private Outcome<Done> Remove(HostFileKind kind, string id)
    {
        switch (kind)
        {
            case HostFileKind.Package when PackageUser(id) is { } used:
                return used;
            case HostFileKind.Volume when VolumeUser(id) is { } used:
                return used;
            case HostFileKind.Package:
                packages.Remove(id);
                break;
            case HostFileKind.Volume:
                volumes.Remove(id);
                break;
            default:
                personas.Remove(id);
                break;
        }

        return Done.Yes;
    }

    private async Task<Outcome<Done>> ReceivePackageAsync(HostFile file, Stream content, CancellationToken cancellationToken)
    {
        if (file.Package is not { } manifest || manifest.Id != file.Id || manifest.Bytes != file.Bytes)
            return new Fault(ErrorCode.InvalidRequest, $"What is told of the package {file.Id} is not of it.");
        if (packages.Find(file.Id).Fault is null)
            return Done.Yes;
        using var staged = packages.Stage();
        var hash = await WriteAsync(PackageStore.FileIn(staged.Directory), content, file.Bytes, cancellationToken);
        if (hash != manifest.Sha256)
            return new Fault(ErrorCode.PackageInvalid, $"The package {file.Id} is not what was announced.", "Its hash is another.");
        File.SetUnixFileMode(PackageStore.FileIn(staged.Directory), PackageStore.Readable);
        // Icons are shown by servers alone.
        var committed = await packages.CommitAsync(staged, manifest, cancellationToken);
        return committed.Fault is { Code: not ErrorCode.AlreadyExists } fault ? fault : Done.Yes;
    }

    private async Task<Outcome<Done>> ReceiveVolumeAsync(HostFile file, Stream content, CancellationToken cancellationToken)
    {
        if (VolumeUser(file.Id) is { } used)
            return used;
        using var staged = volumes.Stage();
        await WriteAsync(VolumeStore.FileIn(staged.Directory), content, file.Bytes, cancellationToken);
        volumes.Remove(file.Id);
        return volumes.Commit(staged, file.Id);
    }

    private Fault? PackageUser(string id) => machines.Machines.FirstOrDefault(machine => machine.Attached.Packages.Contains(id)) is { } user
        ? new Fault(ErrorCode.PackageInUse, $"The package {id} is attached to {user.Hostname}.")
        : null;

    private Fault? VolumeUser(string id) => machines.Machines.FirstOrDefault(machine => machine.Attached.Volume?.VolumeId == id) is { } user
        ? new Fault(ErrorCode.VolumeInUse, $"The volume {id} is attached to {user.Hostname}.")
        : null;

    private static async Task<string> WriteAsync(string path, Stream content, long bytes, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        var hash = await HashedCopy.RunAsync(content, file, bytes, cancellationToken);
        await file.FlushAsync(cancellationToken);
        file.Flush(flushToDisk: true);
        return hash;
    }
}
