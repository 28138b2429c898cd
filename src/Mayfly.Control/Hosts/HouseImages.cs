using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Engine;
using Mayfly.Engine.Shipping;
using Microsoft.Extensions.DependencyInjection;

namespace Mayfly.Control.Hosts;

/// <summary>The images of the house. Their home is the server's own host: there they are built, imported and published, and from there they are shipped.</summary>
internal sealed class HouseImages([FromKeyedServices(HostFleet.Home)] IImageLibrary home, HostFleet fleet, HostImages images, IImageReceiver receiver) : IImageLibrary
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ImageView>> ListAsync(CancellationToken cancellationToken) => home.ListAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ImageVersion>> BuildAsync(string recipe, IProgress<StepProgress> progress, CancellationToken cancellationToken) => home.BuildAsync(recipe, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ImageVersion>> ImportAsync(ImportImageRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        home.ImportAsync(request, progress, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ImageVersion>> PublishAsync(string name, string? version, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        home.PublishAsync(name, version, progress, cancellationToken);

    /// <summary>Publishes a machine where it is, and brings the image home. Faults: beside those of the engine HostUnreachable and those of a shipment.</summary>
    public async Task<Outcome<ImageVersion>> PublishMachineAsync(string machineId, string name, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        if (fleet.RemoteOf(machineId) is not { } remote) return await home.PublishMachineAsync(machineId, name, progress, cancellationToken);
        if (!(await remote.Images.PublishMachineAsync(machineId, name, progress, cancellationToken)).TryGet(out var image, out var fault)) return fault;
        foreach (var part in (ShippingPart[])[ShippingPart.Golden, ShippingPart.Warm])
        {
            if ((await Shipment.RunAsync(remote.Images, receiver, image, part, ShippingPurpose.Keep, progress, cancellationToken)).Fault is { } broken) return broken;
        }

        return image;
    }

    /// <summary>Removes a warm image everywhere. Faults: NotFound, ImageInUse while machines of any host stand on it.</summary>
    public async Task<Outcome<Done>> UnpublishAsync(ImageVersion image, CancellationToken cancellationToken)
    {
        foreach (var remote in fleet.Remotes.Where(remote => remote.Lost is null))
        {
            if ((await remote.Images.UnpublishAsync(image, cancellationToken)).Fault is { Code: not ErrorCode.NotFound and not ErrorCode.HostUnreachable } used) return used;
        }

        images.Forget(image);
        return await home.UnpublishAsync(image, cancellationToken);
    }
}
