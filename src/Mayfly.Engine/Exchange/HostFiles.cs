using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Packages;
using Mayfly.Engine.Personas;
using Mayfly.Engine.Volumes;

namespace Mayfly.Engine.Exchange;

/// <summary>The files of this host, put together from the stores that keep them.</summary>
internal sealed class HostFiles(DataDirectory data, PackageStore packages, VolumeStore volumes, VolumeUse use, PersonaStore personas, MachineHost machines) : IHostFiles
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
    public Task<Outcome<Done>> RemoveAsync(HostFileKind kind, string id, CancellationToken cancellationToken) => Task.FromResult(Remove(kind, id));

    /// <inheritdoc/>
    public Task<Outcome<Stream>> OpenPersonaAsync(string id, CancellationToken cancellationToken) => Task.FromResult(personas.Find(id).TryGet(out var file, out var fault)
        ? new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.SequentialScan)
        : (Outcome<Stream>)fault);

    /// <inheritdoc/>
    public async Task<Outcome<Done>> ReceivePersonaAsync(string id, long bytes, Stream content, CancellationToken cancellationToken)
    {
        if (!DiskId.IsValid(id) || bytes < 0)
            return new Fault(ErrorCode.InvalidRequest, $"'{id}' of {bytes} bytes is no archive that a host takes.");
        try
        {
            return await personas.ReceiveAsync(id, target => HashedCopy.RunAsync(content, target, bytes, cancellationToken));
        }
        catch (EndOfStreamException)
        {
            return new Fault(ErrorCode.InvalidRequest, $"The archive {id} has not come whole.");
        }
        catch (IOException error) when (DiskFault.When(error, $"There is no room for the archive {id}.", data.Personas) is { } full)
        {
            return full;
        }
    }

    private Outcome<Done> Remove(HostFileKind kind, string id)
    {
        switch (kind)
        {
            case HostFileKind.Package when PackageUser(id) is { } used:
                return used;
            case HostFileKind.Volume when use.FaultOf(id) is { } used:
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

    private Fault? PackageUser(string id) => machines.Machines.FirstOrDefault(machine => machine.Attached.Packages.Contains(id)) is { } user
        ? new Fault(ErrorCode.PackageInUse, $"The package {id} is attached to {user.Hostname}.")
        : null;
}
