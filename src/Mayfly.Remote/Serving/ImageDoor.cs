using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Engine;
using Mayfly.Engine.Shipping;
using Mayfly.Remote.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mayfly.Remote.Serving;

/// <summary>Serves this host's images, and both ends of their shipments.</summary>
internal sealed class ImageDoor(IImageLibrary images, IImageSender sender, IImageReceiver receiver, MachineLedger ledger)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map(ledger, ImageCalls.Publish, (asked, tell, token) => TellAsync(tell, progress => images.PublishAsync(asked.Name, asked.Version, progress, token)));
        routes.Map(ledger, ImageCalls.PublishMachine, (asked, tell, token) => TellAsync(tell, progress => images.PublishMachineAsync(asked.MachineId, asked.Name, progress, token)));
        routes.Map(ledger, ImageCalls.Unpublish, images.UnpublishAsync);
        routes.Map(ledger, ImageCalls.Offer, (asked, token) => sender.OfferAsync(asked.Image, asked.Part, token));
        routes.Map(ledger, ImageCalls.Begin, (asked, token) => receiver.BeginAsync(asked.Offer, asked.Purpose, token));
        routes.Map(ledger, ImageCalls.Commit, receiver.CommitAsync);
        routes.Map(ledger, ImageCalls.Abandon, receiver.AbandonAsync);
        routes.MapUpload(ImageCalls.TakeList, (context, body) => receiver.ReadListAsync(ImageOf(context), body, context.RequestAborted));
        routes.MapUpload(ImageCalls.TakePages, (context, body) => receiver.ReadPagesAsync(ImageOf(context), body, context.RequestAborted));
        routes.MapGet(ImageCalls.GiveList, GiveListAsync);
        routes.MapPost(ImageCalls.GivePages, GivePagesAsync);
    }

    private Task GiveListAsync(HttpContext context) =>
        GiveAsync(context, body => sender.WriteListAsync(ImageOf(context), PartOf(context), body, context.RequestAborted));

    private async Task GivePagesAsync(HttpContext context)
    {
        var pages = await context.Request.ReadFromJsonAsync<List<PageRange>>(WireJson.Options, context.RequestAborted) ?? [];
        await GiveAsync(context, body => sender.WritePagesAsync(ImageOf(context), PartOf(context), pages, body, context.RequestAborted));
    }

    private static async Task<Outcome<ImageAnswer>> TellAsync(Action<ProgressTold> tell, Func<IProgress<StepProgress>, Task<Outcome<ImageVersion>>> work)
    {
        var made = await work(new Told(tell));
        return made.TryGet(out var image, out var fault) ? new ImageAnswer(image) : fault;
    }

    /// <summary>Gives bytes. A fault before the first of them is told; later, all that is left is to break off.</summary>
    private static async Task GiveAsync(HttpContext context, Func<Stream, Task<Outcome<Done>>> write)
    {
        if ((await write(context.Response.Body)).Fault is not { } fault) return;
        if (context.Response.HasStarted) context.Abort();
        else await CallRoutes.WriteFaultAsync(context, fault);
    }

    private static ImageVersion ImageOf(HttpContext context) => new(context.Request.Query["name"].ToString(), context.Request.Query["version"].ToString());

    private static ShippingPart PartOf(HttpContext context) =>
        Enum.TryParse<ShippingPart>(context.Request.Query["part"], out var part) ? part : throw new JsonException("There is no such part.");

    private sealed class Told(Action<ProgressTold> tell) : IProgress<StepProgress>
    {
        public void Report(StepProgress value) => tell(new ProgressTold(value.Step, value.Percent));
    }
}
