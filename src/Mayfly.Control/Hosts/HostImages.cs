using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Engine;
using Mayfly.Engine.Shipping;
using Mayfly.Remote.Calling;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Hosts;

/// <summary>
/// Sees to it that hosts have what machines are made of: what the server has is shipped to them, once. Where a warm image does not fit, for
/// its device state is of another CPU, accelerator or QEMU, the golden image is shipped and the host publishes its own.
/// </summary>
internal sealed partial class HostImages(HostFleet fleet, ICargoSender sender, BackgroundJobs jobs, EventLog events, ILogger<HostImages> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Host, ImageVersion Image, CargoKind Kind), Task<Fault?>> _there = [];

    /// <summary>Called with a host that has got another image.</summary>
    public event Action<RemoteHost>? Arrived;

    /// <summary>True when nothing has to be shipped before a host can make such a machine.</summary>
    public bool Has(PlacedHost host, ProvisionRequest request)
    {
        if (host.Name is not { } name) return true;
        lock (_lock) return _there.GetValueOrDefault((name, request.Image, KindFor(request.Kind))) is { IsCompletedSuccessfully: true, Result: null };
    }

    /// <summary>Null once the host has what the machine is made of, otherwise why not.</summary>
    public Task<Fault?> ReadyAsync(PlacedHost host, ProvisionRequest request, CancellationToken cancellationToken) =>
        host.Name is null || fleet.Remote(host.Name) is not { } remote ? Task.FromResult<Fault?>(null) : BringAsync(remote, request.Image, KindFor(request.Kind)).WaitAsync(cancellationToken);

    /// <summary>Null once the host has the golden part of an image, otherwise why not.</summary>
    public Task<Fault?> GoldenAsync(RemoteHost remote, ImageVersion image, CancellationToken cancellationToken) => BringAsync(remote, image, CargoKind.Golden).WaitAsync(cancellationToken);

    /// <summary>Begins to ship warm images that forks will be made of.</summary>
    public void Prepare(RemoteHost remote, IEnumerable<ImageVersion> images) => _ = jobs.Start($"preparing the host {remote.Name}", async stopping =>
    {
        // One after the other: who waits for one is not to wait for all.
        foreach (var image in images) await BringAsync(remote, image, CargoKind.Warm).WaitAsync(stopping);
        return true;
    });

    /// <summary>What was known of a host's images is not any more.</summary>
    public void Forget(RemoteHost remote) => Forget(key => key.Host == remote.Name);

    /// <summary>An image is not to be forked any more: hosts may have removed it.</summary>
    public void Forget(ImageVersion image) => Forget(key => key.Image == image);

    private static CargoKind KindFor(ProvisioningKind kind) => kind == ProvisioningKind.Instant ? CargoKind.Warm : CargoKind.Golden;

    /// <summary>One shipment of each at a time for each host; whoever else asks joins it. One that failed is tried again by who asks next.</summary>
    private Task<Fault?> BringAsync(RemoteHost remote, ImageVersion image, CargoKind kind)
    {
        var key = (remote.Name, image, kind);
        lock (_lock)
        {
            if (_there.TryGetValue(key, out var bringing) && bringing is not { IsCompleted: true } or { IsCompletedSuccessfully: true, Result: null }) return bringing;
            return _there[key] = jobs.Start($"shipping {image} to {remote.Name}", stopping => ShipAsync(remote, image, kind, stopping));
        }
    }

    private void Forget(Func<(string Host, ImageVersion Image, CargoKind Kind), bool> which)
    {
        lock (_lock)
        {
            // What is on its way goes on.
            foreach (var key in _there.Where(entry => entry.Value.IsCompleted && which(entry.Key)).Select(entry => entry.Key).ToList()) _there.Remove(key);
        }
    }

    private async Task<Fault?> ShipAsync(RemoteHost remote, ImageVersion image, CargoKind kind, CancellationToken cancellationToken)
    {
        if (kind == CargoKind.Warm && await BringAsync(remote, image, CargoKind.Golden) is { } lacking) return lacking;
        var cargo = kind == CargoKind.Warm ? Cargo.Warm(image) : Cargo.Golden(image);
        var shipped = await Shipment.RunAsync(sender, remote.Shipping, cargo, ShippingPurpose.Fork, null, cancellationToken);
        if (shipped.TryGet(out var figures, out var fault))
        {
            if (figures.SentBytes > 0) LogShipped(cargo, remote.Name, figures.SentBytes / 1e6, figures.Bytes / 1e6);
        }
        else if (fault.Code == ErrorCode.WarmImageForeign)
        {
            await events.RecordAsync(new HouseEvent(EventKinds.ImageWorkStarted, $"The host '{remote.Name}' publishes {image} itself. {fault}"), cancellationToken);
            if ((await remote.Images.PublishAsync(image, new Progress<StepProgress>(), cancellationToken)).Fault is { } unpublished) return unpublished;
        }
        else
        {
            LogNotShipped(image, remote.Name, fault.ToString());
            return fault;
        }

        Arrived?.Invoke(remote);
        return null;
    }

    [LoggerMessage(560, LogLevel.Information, "Shipped {Cargo} to {Host}: {Sent:F1} of {Whole:F1} MB")]
    private partial void LogShipped(Cargo cargo, string host, double sent, double whole);

    [LoggerMessage(561, LogLevel.Warning, "{Image} could not be shipped to {Host}: {Fault}")]
    private partial void LogNotShipped(ImageVersion image, string host, string fault);
}
