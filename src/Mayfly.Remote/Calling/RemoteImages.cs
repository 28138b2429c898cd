using Mayfly.Contracts;
using Mayfly.Engine;
using Mayfly.Engine.Shipping;
using Mayfly.Remote.Wire;
using Microsoft.AspNetCore.Http.Extensions;

namespace Mayfly.Remote.Calling;

/// <summary>The images of a host over the network, and its end of shipments: as sender and as receiver.</summary>
public sealed class RemoteImages : IImageSender, IImageReceiver
{
    private readonly HostWire _wire;
    private readonly MachineMirror _mirror;

    internal RemoteImages(HostWire wire, MachineMirror mirror) => (_wire, _mirror) = (wire, mirror);

    /// <summary>Publishes a golden image there: as <see cref="IImageLibrary.PublishAsync"/>.</summary>
    public async Task<Outcome<ImageVersion>> PublishAsync(ImageVersion image, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        ImageOf(await _wire.AskAsync(ImageCalls.Publish, image, told => progress.Report(new StepProgress(told.Step, told.Percent)), cancellationToken));

    /// <summary>Publishes a machine there: as <see cref="IImageLibrary.PublishMachineAsync"/>.</summary>
    public async Task<Outcome<ImageVersion>> PublishMachineAsync(string machineId, string name, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        ImageOf(await _wire.AskAsync(
            ImageCalls.PublishMachine, new PublishMachineAsked(machineId, name), told => progress.Report(new StepProgress(told.Step, told.Percent)), cancellationToken));

    /// <summary>Removes a warm image there: as <see cref="IImageLibrary.UnpublishAsync"/>.</summary>
    public Task<Outcome<Done>> UnpublishAsync(ImageVersion image, CancellationToken cancellationToken) => AskAsync(ImageCalls.Unpublish, image, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ShippingOffer>> OfferAsync(ImageVersion image, ShippingPart part, CancellationToken cancellationToken) =>
        AskAsync(ImageCalls.Offer, new PartAsked(image, part), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Done>> WriteListAsync(ImageVersion image, ShippingPart part, Stream target, CancellationToken cancellationToken) =>
        _wire.DownloadAsync(PathOf(ImageCalls.GiveList, image, part), CopyTo(target), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Done>> WritePagesAsync(ImageVersion image, ShippingPart part, IReadOnlyList<PageRange> pages, Stream target, CancellationToken cancellationToken) =>
        _wire.DownloadAsync(PathOf(ImageCalls.GivePages, image, part), pages, CopyTo(target), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ShippingAnswer>> BeginAsync(ShippingOffer offer, ShippingPurpose purpose, CancellationToken cancellationToken) =>
        AskAsync(ImageCalls.Begin, new OfferTold(offer, purpose), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ShippingAnswer>> ReadListAsync(ImageVersion image, Stream list, CancellationToken cancellationToken) =>
        _wire.UploadAsync<ShippingAnswer>(PathOf(ImageCalls.TakeList, image), list, null, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ShippingAnswer>> ReadPagesAsync(ImageVersion image, Stream pages, CancellationToken cancellationToken) =>
        _wire.UploadAsync<ShippingAnswer>(PathOf(ImageCalls.TakePages, image), pages, null, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<ShippingAnswer>> CommitAsync(ImageVersion image, CancellationToken cancellationToken) => AskAsync(ImageCalls.Commit, image, cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Done>> AbandonAsync(ImageVersion image, CancellationToken cancellationToken) => AskAsync(ImageCalls.Abandon, image, cancellationToken);

    private static Func<Stream, long?, CancellationToken, Task<Outcome<Done>>> CopyTo(Stream target) => async (body, _, token) =>
    {
        await body.CopyToAsync(target, token);
        return Done.Yes;
    };

    private static string PathOf(string path, ImageVersion image, ShippingPart? part = null)
    {
        var query = new QueryBuilder { { "name", image.Name }, { "version", image.Version } };
        if (part is { } known) query.Add("part", known.ToString());
        return path + query;
    }

    private static Outcome<ImageVersion> ImageOf(Outcome<(ImageAnswer Answer, long Sequence)> outcome) => outcome.TryGet(out var answered, out var fault) ? answered.Answer.Image : fault;

    private async Task<Outcome<TAnswer>> AskAsync<TRequest, TAnswer>(HostCall<TRequest, TAnswer> call, TRequest request, CancellationToken cancellationToken)
    {
        if (_mirror.Lost is { } lost) return lost;
        return (await _wire.AskAsync(call, request, cancellationToken)).TryGet(out var answered, out var fault) ? answered.Answer : fault;
    }
}
