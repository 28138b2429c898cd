using System.Collections.Concurrent;
using Mayfly.Contracts;
using Mayfly.Engine;
using Mayfly.Engine.Shipping;

namespace Mayfly.TestKit;

/// <summary>Both ends of shipments without bytes: what is offered is there at once.</summary>
public sealed class FakeShipping : IImageSender, IImageReceiver
{
    /// <summary>What has arrived, in order. What is offered again is there already, unless it is offered while the first is on its way.</summary>
    public ConcurrentQueue<(ImageVersion Image, ShippingPart Part)> Arrived { get; } = new();

    /// <summary>Stands in the way of what arrives; null lets it in.</summary>
    public Func<ShippingOffer, Task<Fault?>> OnBegin { get; set; } = _ => Task.FromResult<Fault?>(null);

    public Task<Outcome<ShippingOffer>> OfferAsync(ImageVersion image, ShippingPart part, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<ShippingOffer>>(new ShippingOffer(image, part, "{}", []));

    public Task<Outcome<Done>> WriteListAsync(ImageVersion image, ShippingPart part, Stream target, CancellationToken cancellationToken) => Task.FromResult<Outcome<Done>>(Done.Yes);

    public Task<Outcome<Done>> WritePagesAsync(ImageVersion image, ShippingPart part, IReadOnlyList<PageRange> pages, Stream target, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<Done>>(Done.Yes);

    public async Task<Outcome<ShippingAnswer>> BeginAsync(ShippingOffer offer, ShippingPurpose purpose, CancellationToken cancellationToken)
    {
        var there = Arrived.Contains((offer.Image, offer.Part));
        if (await OnBegin(offer) is { } fault) return fault;
        if (!there) Arrived.Enqueue((offer.Image, offer.Part));
        return new ShippingAnswer(ShippingStep.Nothing, [], 0);
    }

    public Task<Outcome<ShippingAnswer>> ReadListAsync(ImageVersion image, Stream list, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Outcome<ShippingAnswer>> ReadPagesAsync(ImageVersion image, Stream pages, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Outcome<ShippingAnswer>> CommitAsync(ImageVersion image, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Outcome<Done>> AbandonAsync(ImageVersion image, CancellationToken cancellationToken) => Task.FromResult<Outcome<Done>>(Done.Yes);
}
