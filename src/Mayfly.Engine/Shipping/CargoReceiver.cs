using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;

namespace Mayfly.Engine.Shipping;

/// <summary>Takes in what is shipped to this host.</summary>
internal sealed class CargoReceiver(EngineOptions options, DataDirectory data, CargoStores stores, LocalPages local) : ICargoReceiver
{
    private readonly Arrivals _arrivals = new();

    /// <inheritdoc/>
    public async Task<Outcome<ShippingAnswer>> BeginAsync(ShippingOffer offer, ShippingPurpose purpose, CancellationToken cancellationToken)
    {
        if (OfferCheck.Check(offer) is { } refused)
            return refused;
        if (!stores[offer.Cargo].Check(offer).TryGet(out var sound, out var unsound))
            return unsound;
        if (!_arrivals.Enter(offer.Cargo, offer.Pages()).TryGet(out var turn, out var busy))
            return busy;
        using (turn)
            return await GuardAsync(offer.Cargo, () => BeginAsync(turn, sound, purpose, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<Outcome<ShippingAnswer>> ReadListAsync(Cargo cargo, Stream list, CancellationToken cancellationToken) => WithAsync(
        cargo,
        async turn =>
        {
            if (turn.Arrival!.List is null)
                await turn.Arrival.TakeListAsync(list, cancellationToken);
            return turn.Arrival.Answer();
        });

    /// <inheritdoc/>
    public Task<Outcome<ShippingAnswer>> ReadPagesAsync(Cargo cargo, Stream pages, CancellationToken cancellationToken) => WithAsync(
        cargo,
        async turn =>
        {
            if (turn.Arrival!.List is null)
                return OfferCheck.Refused(cargo, "Its list has not come yet.");
            await turn.Arrival.TakePagesAsync(pages, cancellationToken);
            return turn.Arrival.Answer();
        });

    /// <inheritdoc/>
    public Task<Outcome<ShippingAnswer>> CommitAsync(Cargo cargo, CancellationToken cancellationToken) => WithAsync(
        cargo,
        async turn =>
        {
            var arrival = turn.Arrival!;
            if (await Task.Run(() => arrival.Complete(cancellationToken), cancellationToken) is { } incomplete)
                return incomplete;
            // Whatever comes of it: files are moved, and who goes on looks at what is there.
            turn.Arrival = null;
            var sound = arrival.VerifyAsync(cancellationToken);
            var fault = await stores[cargo].CommitAsync(arrival, sound, cancellationToken);
            // It reads what is removed now.
            await Task.WhenAny(sound);
            // What is not what it should be will not become so: nothing of it is worth going on with.
            arrival.Staging.Remove();
            return fault is null ? ShippingAnswer.Of(ShippingStep.Nothing) : fault;
        });

    /// <inheritdoc/>
    public Task<Outcome<Done>> AbandonAsync(Cargo cargo, CancellationToken cancellationToken)
    {
        if (!cargo.IsValid)
            return Task.FromResult<Outcome<Done>>(Done.Yes);
        if (!_arrivals.Enter(cargo).TryGet(out var turn, out var busy))
            return Task.FromResult<Outcome<Done>>(busy);
        using (turn)
        {
            turn.Arrival = null;
            new Staging(data, cargo).Remove();
            return Task.FromResult<Outcome<Done>>(Done.Yes);
        }
    }

    private async Task<Outcome<ShippingAnswer>> BeginAsync(Arrivals.Turn turn, CheckedOffer offer, ShippingPurpose purpose, CancellationToken cancellationToken)
    {
        if (!(await stores[offer.Cargo].IsHereAsync(offer, purpose, cancellationToken)).TryGet(out var isHere, out var useless))
            return useless;
        if (isHere)
            return ShippingAnswer.Of(ShippingStep.Nothing);
        var staging = new Staging(data, offer.Cargo);
        var text = JsonSerializer.Serialize(offer.Offer, JsonSerializerOptions.Web);
        var begun = await staging.IsOfAsync(text, cancellationToken);
        if (!begun)
            staging.Remove();
        if (DiskSpace.Require(data.Root, Math.Max(0, offer.Bytes - staging.StoredBytes()) + options.DiskReserveBytes, $"take in {offer.Cargo}") is { } full)
            return full;
        if (!begun)
        {
            turn.Arrival = null;
            await staging.BeginAsync(text, cancellationToken);
        }

        if (turn.Arrival is null)
        {
            var arrival = new Arrival(offer, staging, local);
            await arrival.ResumeAsync(cancellationToken);
            turn.Arrival = arrival;
        }

        turn.Arrival.Purpose = purpose;
        return turn.Arrival.Answer();
    }

    /// <summary>Works on a shipment that was begun.</summary>
    private async Task<Outcome<ShippingAnswer>> WithAsync(Cargo cargo, Func<Arrivals.Turn, Task<Outcome<ShippingAnswer>>> work)
    {
        if (!cargo.IsValid)
            return Unknown(cargo);
        if (!_arrivals.Enter(cargo).TryGet(out var turn, out var busy))
            return busy;
        using (turn)
            return turn.Arrival is null ? Unknown(cargo) : await GuardAsync(cargo, () => work(turn));
    }

    private async Task<Outcome<ShippingAnswer>> GuardAsync(Cargo cargo, Func<Task<Outcome<ShippingAnswer>>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            return OfferCheck.Refused(cargo, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var what = $"The files of {cargo} could not be written.";
            return DiskFault.When(error, what, data.Root)
                ?? new Fault(ErrorCode.DataDirectoryUnusable, what, error.Message, $"Look at the rights and the disk of {data.Root}.");
        }
    }

    private static Fault Unknown(Cargo cargo) =>
        new(ErrorCode.NotFound, $"No shipment of {cargo} has begun.", Remedy: "Begin it; what has come of it before is still there.");
}
