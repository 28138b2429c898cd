using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Engine;
using Mayfly.Engine.Shipping;
using Mayfly.Remote.Calling;
using Microsoft.Extensions.DependencyInjection;

namespace Mayfly.Control.Hosts;

/// <summary>The images of the house. Their home is the server's own host: there they are built and imported, and from there they are shipped.</summary>
internal sealed class HouseImages([FromKeyedServices(HostFleet.Home)] IImageLibrary home, HostFleet fleet, HostPlacement placement, HostImages images, ICargoReceiver receiver) : IImageLibrary
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageView>> ListAsync(CancellationToken cancellationToken) => home.ListAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ImageVersion>> BuildAsync(string recipe, IProgress<StepProgress> progress, CancellationToken cancellationToken) => home.BuildAsync(recipe, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ImageVersion>> ImportAsync(ImportImageRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        home.ImportAsync(request, progress, cancellationToken);

    /// <summary>
    /// Publishes where machines run, since what is frozen on another CPU or accelerator can not be forked there. A server that runs none itself has the
    /// host do it that has the most memory free, and brings the warm image home. Faults: beside those of the engine HostUnreachable and those of a shipment.
    /// </summary>
    public async Task<Outcome<ImageVersion>> PublishAsync(string name, string? version, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var known = (await home.ListAsync(cancellationToken)).FirstOrDefault(image => image.Name == name)?.Versions.FirstOrDefault(one => version is null || one.Version == version);
        if (known is null || fleet.OwnRuns || placement.Emptiest() is not { } remote) return await home.PublishAsync(name, version, progress, cancellationToken);
        var image = new ImageVersion(name, known.Version);
        if (known.Warm is not null) return image;
        if (await images.GoldenAsync(remote, image, cancellationToken) is { } lacking) return lacking;
        return (await remote.Images.PublishAsync(image, progress, cancellationToken)).Fault is { } fault ? fault : await BringHomeAsync(remote, image, [Cargo.Warm(image)], progress, cancellationToken);
    }

    /// <summary>Publishes a machine where it is, and brings the image home. Faults: beside those of the engine HostUnreachable and those of a shipment.</summary>
    public async Task<Outcome<ImageVersion>> PublishMachineAsync(string machineId, string name, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        if (fleet.RemoteOf(machineId) is not { } remote) return await home.PublishMachineAsync(machineId, name, progress, cancellationToken);
        if (!(await remote.Images.PublishMachineAsync(machineId, name, progress, cancellationToken)).TryGet(out var image, out var fault)) return fault;
        return await BringHomeAsync(remote, image, [Cargo.Golden(image), Cargo.Warm(image)], progress, cancellationToken);
    }

    /// <summary>Removes a warm image everywhere. Faults: NotFound, ImageInUse while machines of any host stand on it.</summary>
    public async Task<Outcome<Done>> UnpublishAsync(ImageVersion image, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var remote in fleet.Remotes.Where(remote => remote.Lost is null))
            {
                if ((await remote.Images.UnpublishAsync(image, cancellationToken)).Fault is { Code: not ErrorCode.NotFound and not ErrorCode.HostUnreachable } used) return used;
            }
        }
        finally
        {
            // Also where one of them refuses: those before it do not have the image any more.
            images.Forget(image);
        }

        return await home.UnpublishAsync(image, cancellationToken);
    }

    private async Task<Outcome<ImageVersion>> BringHomeAsync(
        RemoteHost remote, ImageVersion image, IEnumerable<Cargo> all, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        foreach (var cargo in all)
        {
            if ((await Shipment.RunAsync(remote.Shipping, receiver, cargo, ShippingPurpose.Keep, progress, cancellationToken)).Fault is { } broken) return broken;
        }

        return image;
    }
}
