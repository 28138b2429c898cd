using System.IO.Pipelines;
using Mayfly.Contracts;

namespace Mayfly.Engine.Shipping;

/// <summary>Carries cargo from a sender to a receiver, either of which may be on another host.</summary>
public static class Shipment
{
    /// <summary>Ships what the receiver lacks. After a fault or an exception of a broken connection it can be called again, and goes on. Faults: those of both.</summary>
    /// <param name="sender">Who has it.</param>
    /// <param name="receiver">Who is to have it.</param>
    /// <param name="cargo">What.</param>
    /// <param name="purpose">What the receiver is to do with it.</param>
    /// <param name="progress">Told how far it is, or null.</param>
    /// <param name="cancellationToken">Stops it; what has come stays with the receiver for a day.</param>
    public static async Task<Outcome<ShipmentFigures>> RunAsync(
        ICargoSender sender, ICargoReceiver receiver, Cargo cargo, ShippingPurpose purpose, IProgress<StepProgress>? progress, CancellationToken cancellationToken)
    {
        if (!(await sender.OfferAsync(cargo, cancellationToken)).TryGet(out var offer, out var noOffer))
            return noOffer;
        if (offer.Cargo != cargo)
            return OfferCheck.Refused(cargo, "What is offered is another.");
        var (sentBytes, sentPages) = (0L, 0L);
        var answer = await receiver.BeginAsync(offer, purpose, cancellationToken);
        for (var last = long.MaxValue; answer.Fault is null && answer.Value.Next != ShippingStep.Nothing;)
        {
            var now = answer.Value;
            if (Distance(now, offer) >= last)
                return OfferCheck.Refused(cargo, "The other side does not come nearer to the end.");
            last = Distance(now, offer);
            progress?.Report(new StepProgress($"Shipping {cargo}", 100.0 * Math.Max(0, offer.Pages() - last) / Math.Max(1, offer.Pages())));
            (answer, var bytes) = now.Next switch
            {
                ShippingStep.List => await PassAsync(
                    (target, token) => sender.WriteListAsync(cargo, target, token),
                    (source, token) => receiver.ReadListAsync(cargo, source, token), cancellationToken),
                ShippingStep.Pages => await PassAsync(
                    (target, token) => sender.WritePagesAsync(cargo, now.Wanted, target, token),
                    (source, token) => receiver.ReadPagesAsync(cargo, source, token), cancellationToken),
                _ => (await receiver.CommitAsync(cargo, cancellationToken), 0),
            };
            sentBytes += bytes;
            sentPages += now.Wanted.Sum(range => (long)range.Count);
        }

        return answer.Fault is { } fault ? fault : new ShipmentFigures(offer.Pages() * PageHash.PageBytes, sentBytes, sentPages);
    }

    /// <summary>How far it is to the end; less with each answer.</summary>
    private static long Distance(ShippingAnswer answer, ShippingOffer offer) => answer.Next switch
    {
        ShippingStep.List => offer.Pages() + 2,
        ShippingStep.Pages => answer.PagesLeft + 1,
        _ => 0,
    };

    /// <summary>Lets one write what the other reads at the same time.</summary>
    private static async Task<(Outcome<ShippingAnswer> Answer, long Bytes)> PassAsync(
        Func<Stream, CancellationToken, Task<Outcome<Done>>> write, Func<Stream, CancellationToken, Task<Outcome<ShippingAnswer>>> read,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pipe = new Pipe();
        await using var target = new CountingStream(pipe.Writer.AsStream());
        var writing = WriteAsync(pipe, target, write, stop.Token);
        Outcome<ShippingAnswer> answer;
        try
        {
            await using var source = pipe.Reader.AsStream();
            answer = await read(source, cancellationToken);
            // Who has its answer reads no more; without one, nobody does.
            if (answer.Fault is not null)
                await stop.CancelAsync();
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
        finally
        {
            await Task.WhenAny(writing);
        }

        return (await writing is { Fault: { } notSent } ? notSent : answer, target.Written);
    }

    private static async Task<Outcome<Done>> WriteAsync(
        Pipe pipe, Stream target, Func<Stream, CancellationToken, Task<Outcome<Done>>> write, CancellationToken cancellationToken)
    {
        try
        {
            var written = await write(target, cancellationToken);
            await pipe.Writer.CompleteAsync(written.Fault is { } fault ? new IOException(fault.What) : null);
            return written;
        }
        catch (OperationCanceledException error)
        {
            await pipe.Writer.CompleteAsync(error);
            return Done.Yes;
        }
        catch (Exception error)
        {
            await pipe.Writer.CompleteAsync(error);
            throw;
        }
    }
}
