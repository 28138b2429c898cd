using System.Globalization;
using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Remote.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Mayfly.Remote.Serving;

/// <summary>Makes calls of the wire endpoints. A fault is answered as 409 with the fault; all other failures have other statuses.</summary>
internal static class CallRoutes
{
    /// <summary>Answers a call.</summary>
    /// <param name="routes">Where.</param>
    /// <param name="ledger">Gives the number of the last change that the answer is no older than.</param>
    /// <param name="call">Which.</param>
    /// <param name="answer">Does it.</param>
    public static void Map<TRequest, TAnswer>(
        this IEndpointRouteBuilder routes, MachineLedger ledger, HostCall<TRequest, TAnswer> call, Func<TRequest, CancellationToken, Task<Outcome<TAnswer>>> answer) =>
        routes.MapPost(call.Name, async (HttpContext context) =>
        {
            if (await ReadAsync<TRequest>(context) is not { } request) return;
            var outcome = await answer(request, context.RequestAborted);
            context.Response.Headers[WireHeaders.Sequence] = ledger.Sequence.ToString(CultureInfo.InvariantCulture);
            if (outcome.TryGet(out var value, out var fault)) await context.Response.WriteAsJsonAsync(value, WireJson.Options, context.RequestAborted);
            else await WriteFaultAsync(context, fault);
        });

    /// <summary>Answers a call that tells how far it is.</summary>
    public static void Map<TRequest, TProgress, TAnswer>(
        this IEndpointRouteBuilder routes, MachineLedger ledger, LongHostCall<TRequest, TProgress, TAnswer> call,
        Func<TRequest, Action<TProgress>, CancellationToken, Task<Outcome<TAnswer>>> answer)
        where TProgress : class
        where TAnswer : class => routes.MapPost(call.Name, async (HttpContext context) =>
        {
            if (await ReadAsync<TRequest>(context) is not { } request) return;
            await using var lines = new LineWriter(context.Response);
            var outcome = await answer(request, progress => lines.Write(new Told<TProgress, TAnswer>(progress, null, null, 0)), context.RequestAborted);
            _ = outcome.TryGet(out var value, out var fault);
            lines.Write(new Told<TProgress, TAnswer>(null, value, fault, ledger.Sequence));
            await lines.EndAsync();
        });

    /// <summary>Takes bytes, of which there may be many.</summary>
    public static void MapUpload<TAnswer>(this IEndpointRouteBuilder routes, string path, Func<HttpContext, Stream, Task<Outcome<TAnswer>>> take) =>
        routes.MapPost(path, async (HttpContext context) =>
        {
            context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
            var outcome = await take(context, context.Request.Body);
            if (outcome.TryGet(out var value, out var fault)) await context.Response.WriteAsJsonAsync(value, WireJson.Options, context.RequestAborted);
            else await WriteFaultAsync(context, fault);
        });

    /// <summary>Answers with a fault.</summary>
    public static Task WriteFaultAsync(HttpContext context, Fault fault)
    {
        context.Response.StatusCode = StatusCodes.Status409Conflict;
        return context.Response.WriteAsJsonAsync(fault, WireJson.Options, context.RequestAborted);
    }

    private static async Task<TRequest?> ReadAsync<TRequest>(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFromJsonAsync<TRequest>(WireJson.Options, context.RequestAborted);
        }
        catch (JsonException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return default;
        }
    }
}
