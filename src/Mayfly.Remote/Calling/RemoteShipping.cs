using Mayfly.Contracts;
using Mayfly.Engine.Shipping;
using Mayfly.Remote.Wire;
using Microsoft.AspNetCore.Http.Extensions;

namespace Mayfly.Remote.Calling;

/// <summary>A host's end of shipments over the network: as sender and as receiver.</summary>
public sealed class RemoteShipping : ICargoSender, ICargoReceiver
{
    private readonly HostWire _wire;
    private readonly MachineMirror _mirror;

    internal RemoteShipping(HostWire wire, MachineMirror mirror) => (_wire, _mirror) = (wire, mirror);

    /// <inheritdoc/>
    public Task<Outcome<ShippingOffer>> OfferAsync(Cargo cargo, CancellationToken cancellationToken) => AskAsync(ShippingCalls.Offer, cargo, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Done>> WriteListAsync(Cargo cargo, Stream target, CancellationToken cancellationToken) =>
        _wire.DownloadAsync(PathOf(ShippingCalls.GiveList, cargo), CopyTo(target), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Done>> WritePagesAsync(Cargo cargo, IReadOnlyList<PageRange> pages, Stream target, CancellationToken cancellationToken) =>
        _wire.DownloadAsync(PathOf(ShippingCalls.GivePages, cargo), pages, CopyTo(target), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ShippingAnswer>> BeginAsync(ShippingOffer offer, ShippingPurpose purpose, CancellationToken cancellationToken) =>
        AskAsync(ShippingCalls.Begin, new OfferTold(offer, purpose), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ShippingAnswer>> ReadListAsync(Cargo cargo, Stream list, CancellationToken cancellationToken) =>
        _wire.UploadAsync<ShippingAnswer>(PathOf(ShippingCalls.TakeList, cargo), list, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ShippingAnswer>> ReadPagesAsync(Cargo cargo, Stream pages, CancellationToken cancellationToken) =>
        _wire.UploadAsync<ShippingAnswer>(PathOf(ShippingCalls.TakePages, cargo), pages, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ShippingAnswer>> CommitAsync(Cargo cargo, CancellationToken cancellationToken) => AskAsync(ShippingCalls.Commit, cargo, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Done>> AbandonAsync(Cargo cargo, CancellationToken cancellationToken) => AskAsync(ShippingCalls.Abandon, cargo, cancellationToken);

    private static Func<Stream, long?, CancellationToken, Task<Outcome<Done>>> CopyTo(Stream target) => async (body, _, token) =>
    {
        await body.CopyToAsync(target, token);
        return Done.Yes;
    };

    private static string PathOf(string path, Cargo cargo) => path + new QueryBuilder { { "kind", cargo.Kind.ToString() }, { "id", cargo.Id } };

    private async Task<Outcome<TAnswer>> AskAsync<TRequest, TAnswer>(HostCall<TRequest, TAnswer> call, TRequest request, CancellationToken cancellationToken) =>
        _mirror.Lost is { } lost ? lost : await _wire.AskAsync(call, request, cancellationToken);
}
