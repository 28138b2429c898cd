using Mayfly.Contracts;
using Mayfly.Engine.Shipping;
using Mayfly.Remote.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mayfly.Remote.Serving;

/// <summary>Serves both of this host's ends of shipments.</summary>
internal sealed class ShippingDoor(ICargoSender sender, ICargoReceiver receiver, MachineLedger ledger)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map(ledger, ShippingCalls.Offer, sender.OfferAsync);
        routes.Map(ledger, ShippingCalls.Begin, (asked, token) => receiver.BeginAsync(asked.Offer, asked.Purpose, token));
        routes.Map(ledger, ShippingCalls.Commit, receiver.CommitAsync);
        routes.Map(ledger, ShippingCalls.Abandon, receiver.AbandonAsync);
        routes.MapUpload(ShippingCalls.TakeList, (context, body) => receiver.ReadListAsync(CargoOf(context), body, context.RequestAborted));
        routes.MapUpload(ShippingCalls.TakePages, (context, body) => receiver.ReadPagesAsync(CargoOf(context), body, context.RequestAborted));
        routes.MapGet(ShippingCalls.GiveList, GiveListAsync);
        routes.MapPost(ShippingCalls.GivePages, GivePagesAsync);
    }

    private Task GiveListAsync(HttpContext context) => GiveAsync(context, body => sender.WriteListAsync(CargoOf(context), body, context.RequestAborted));

    private async Task GivePagesAsync(HttpContext context)
    {
        var pages = await context.Request.ReadFromJsonAsync<List<PageRange>>(WireJson.Options, context.RequestAborted) ?? [];
        await GiveAsync(context, body => sender.WritePagesAsync(CargoOf(context), pages, body, context.RequestAborted));
    }

    /// <summary>Gives bytes. A fault before the first of them is told; later, all that is left is to break off.</summary>
    private static async Task GiveAsync(HttpContext context, Func<Stream, Task<Outcome<Done>>> write)
    {
        if ((await write(context.Response.Body)).Fault is not { } fault) return;
        if (context.Response.HasStarted) context.Abort();
        else await CallRoutes.WriteFaultAsync(context, fault);
    }

    /// <summary>What a query names; that there is no such thing is told by who is asked for it.</summary>
    private static Cargo CargoOf(HttpContext context) =>
        Enum.TryParse<CargoKind>(context.Request.Query["kind"], out var kind) ? new Cargo(kind, context.Request.Query["id"].ToString()) : default;
}
