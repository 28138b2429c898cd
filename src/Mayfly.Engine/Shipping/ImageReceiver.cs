using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hosts;

namespace Mayfly.Engine.Shipping;

/// <summary>Takes in images that are shipped to this host.</summary>
internal sealed class ImageReceiver(DataDirectory data, ArrivalCheck check, ArrivalCommit commit, LocalPages local) : IImageReceiver
{
    private readonly Arrivals _arrivals = new();

    /// <inheritdoc/>
    public async Task<Outcome<ShippingAnswer>> BeginAsync(ShippingOffer offer, ShippingPurpose purpose, CancellationToken cancellationToken)
    {
        if (!OfferCheck.Check(offer).TryGet(out var sound, out var refused))
            return refused;
        if (!_arrivals.Enter(offer.Image, begins: true).TryGet(out var turn, out var busy))
            return busy;
        using (turn)
            return await GuardAsync(offer.Image, () => BeginAsync(turn, sound, purpose, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<Outcome<ShippingAnswer>> ReadListAsync(ImageVersion image, Stream list, CancellationToken cancellationToken) => WithAsync(
        image,
        async turn =>
        {
            if (turn.Arrival!.List is null)
                await turn.Arrival.TakeListAsync(list, cancellationToken);
            return turn.Arrival.Answer();
        });

    /// <inheritdoc/>
    public Task<Outcome<ShippingAnswer>> ReadPagesAsync(ImageVersion image, Stream pages, CancellationToken cancellationToken) => WithAsync(
        image,
        async turn =>
        {
            if (turn.Arrival!.List is null)
                return OfferCheck.Refused(image.ToString(), "Its list has not come yet.");
            await turn.Arrival.TakePagesAsync(pages, cancellationToken);
            return turn.Arrival.Answer();
        });

    /// <inheritdoc/>
    public Task<Outcome<ShippingAnswer>> CommitAsync(ImageVersion image, CancellationToken cancellationToken) => WithAsync(
        image,
        async turn =>
        {
            var arrival = turn.Arrival!;
            if (await Task.Run(() => arrival.Complete(cancellationToken), cancellationToken) is { } incomplete)
                return incomplete;
            // Whatever comes of it: files are moved, and who goes on looks at what is there.
            turn.Arrival = null;
            var fault = await commit.RunAsync(arrival, cancellationToken);
            // What is not what it should be will not become so: nothing of it is worth going on with.
            arrival.Staging.Remove();
            return fault is null ? ShippingAnswer.Of(ShippingStep.Nothing) : fault;
        });

    /// <inheritdoc/>
    public Task<Outcome<Done>> AbandonAsync(ImageVersion image, CancellationToken cancellationToken)
    {
        if (!OfferCheck.IsVersion(image))
            return Task.FromResult<Outcome<Done>>(Done.Yes);
        if (!_arrivals.Enter(image).TryGet(out var turn, out var busy))
            return Task.FromResult<Outcome<Done>>(busy);
        using (turn)
        {
            turn.Arrival = null;
            new Staging(data, image).Remove();
            return Task.FromResult<Outcome<Done>>(Done.Yes);
        }
    }

    private async Task<Outcome<ShippingAnswer>> BeginAsync(Arrivals.Turn turn, CheckedOffer offer, ShippingPurpose purpose, CancellationToken cancellationToken)
    {
        if (!(await check.IsHereAsync(offer, purpose, cancellationToken)).TryGet(out var isHere, out var useless))
            return useless;
        if (isHere)
            return ShippingAnswer.Of(ShippingStep.Nothing);
        var staging = new Staging(data, offer.Id);
        var text = JsonSerializer.Serialize(offer.Offer, JsonSerializerOptions.Web);
        var begun = await staging.IsOfAsync(text, cancellationToken);
        if (!begun)
            staging.Remove();
        if (check.Room(offer, staging) is { } full)
            return full;
        if (!begun || turn.Arrival is null)
        {
            if (!begun)
                await staging.BeginAsync(text, cancellationToken);
            turn.Arrival = null;
            var arrival = new Arrival(offer, staging, local);
            await arrival.ResumeAsync(cancellationToken);
            turn.Arrival = arrival;
        }

        turn.Arrival.Purpose = purpose;
        return turn.Arrival.Answer();
    }

    /// <summary>Works on a shipment that was begun.</summary>
    private async Task<Outcome<ShippingAnswer>> WithAsync(ImageVersion image, Func<Arrivals.Turn, Task<Outcome<ShippingAnswer>>> work)
    {
        if (!OfferCheck.IsVersion(image))
            return Unknown(image);
        if (!_arrivals.Enter(image).TryGet(out var turn, out var busy))
            return busy;
        using (turn)
            return turn.Arrival is null ? Unknown(image) : await GuardAsync(image, () => work(turn));
    }

    private async Task<Outcome<ShippingAnswer>> GuardAsync(ImageVersion image, Func<Task<Outcome<ShippingAnswer>>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            return OfferCheck.Refused(image.ToString(), error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var what = $"{image} could not be taken in: its files could not be written.";
            return DiskFault.When(error, what, data.Root)
                ?? new Fault(ErrorCode.DataDirectoryUnusable, what, error.Message, $"Look at the rights and the disk of {data.Root}.");
        }
    }

    private static Fault Unknown(ImageVersion image) =>
        new(ErrorCode.NotFound, $"No shipment of {image} has begun.", Remedy: "Begin it; what has come of it before is still there.");
}
