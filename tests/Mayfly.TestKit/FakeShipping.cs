using System.Collections.Concurrent;
using Mayfly.Contracts;
using Mayfly.Engine.Exchange;
using Mayfly.Engine.Shipping;

namespace Mayfly.TestKit;

/// <summary>Both ends of shipments without pages: an image that is offered is there at once, packages and volumes are carried whole from files in memory to files in memory.</summary>
public sealed class FakeShipping(FakeHostFiles files) : ICargoSender, ICargoReceiver
{
    /// <summary>Images that have arrived, in order. What is offered again is there already, unless it is offered while the first is on its way.</summary>
    public ConcurrentQueue<Cargo> Arrived { get; } = new();

    /// <summary>Stands in the way of what arrives; null lets it in.</summary>
    public Func<ShippingOffer, Task<Fault?>> OnBegin { get; set; } = _ => Task.FromResult<Fault?>(null);

    /// <summary>Called before a file is sent.</summary>
    public Func<Cargo, Task> OnSend { get; set; } = _ => Task.CompletedTask;

    public Task<Outcome<ShippingOffer>> OfferAsync(Cargo cargo, CancellationToken cancellationToken) => Task.FromResult(
        IsFile(cargo) && BytesOf(cargo) is null ? (Outcome<ShippingOffer>)Missing(cargo) : new ShippingOffer(cargo, "{}", [], ""));

    public async Task<Outcome<Done>> WriteListAsync(Cargo cargo, Stream target, CancellationToken cancellationToken)
    {
        await OnSend(cargo);
        if (BytesOf(cargo) is not { } bytes) return Missing(cargo);
        await target.WriteAsync(bytes, cancellationToken);
        return Done.Yes;
    }

    public Task<Outcome<Done>> WritePagesAsync(Cargo cargo, IReadOnlyList<PageRange> pages, Stream target, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task<Outcome<ShippingAnswer>> BeginAsync(ShippingOffer offer, ShippingPurpose purpose, CancellationToken cancellationToken)
    {
        var there = Arrived.Contains(offer.Cargo);
        if (await OnBegin(offer) is { } fault) return fault;
        if (IsFile(offer.Cargo)) return new ShippingAnswer(ShippingStep.List, [], 0);
        if (!there) Arrived.Enqueue(offer.Cargo);
        return new ShippingAnswer(ShippingStep.Nothing, [], 0);
    }

    public async Task<Outcome<ShippingAnswer>> ReadListAsync(Cargo cargo, Stream list, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await list.CopyToAsync(bytes, cancellationToken);
        files[KindOf(cargo), cargo.Id] = bytes.ToArray();
        return new ShippingAnswer(ShippingStep.Nothing, [], 0);
    }

    public Task<Outcome<ShippingAnswer>> ReadPagesAsync(Cargo cargo, Stream pages, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Outcome<ShippingAnswer>> CommitAsync(Cargo cargo, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Outcome<Done>> AbandonAsync(Cargo cargo, CancellationToken cancellationToken) => Task.FromResult<Outcome<Done>>(Done.Yes);

    private byte[]? BytesOf(Cargo cargo) => files[KindOf(cargo), cargo.Id];

    private static bool IsFile(Cargo cargo) => cargo.Kind is CargoKind.Package or CargoKind.Volume;

    private static HostFileKind KindOf(Cargo cargo) => cargo.Kind == CargoKind.Package ? HostFileKind.Package : HostFileKind.Volume;

    private static Fault Missing(Cargo cargo) => new(ErrorCode.NotFound, $"There is no such thing here: {cargo}.");
}
