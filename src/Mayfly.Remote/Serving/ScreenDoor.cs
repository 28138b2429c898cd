using System.Net.WebSockets;
using Mayfly.Engine;
using Mayfly.Remote.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mayfly.Remote.Serving;

/// <summary>Carries the bytes of a machine's display, or of a display connection with sound, over a WebSocket.</summary>
internal sealed class ScreenDoor(IMachineHost host)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map(HostCalls.Screen + "/{machineId}/display", (string machineId, HttpContext context) => CarryAsync(context, token => host.OpenDisplayAsync(machineId, token)));
        routes.Map(HostCalls.Screen + "/{machineId}/sound", (string machineId, HttpContext context) => CarryAsync(context, token => host.OpenSoundAsync(machineId, token)));
    }

    private static async Task CarryAsync(HttpContext context, Func<CancellationToken, Task<Contracts.Outcome<Stream>>> open)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (!(await open(context.RequestAborted)).TryGet(out var screen, out var fault))
        {
            await CallRoutes.WriteFaultAsync(context, fault);
            return;
        }

        await using var near = screen;
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await using var server = WebSocketStream.Create(socket, WebSocketMessageType.Binary, Farewell);
        var ways = new[] { screen.CopyToAsync(server, context.RequestAborted), server.CopyToAsync(screen, context.RequestAborted) };
        await Task.WhenAny(ways);
        // Both are closed in good order, which ends the other way too. How the other end went is nothing to be told.
        await server.DisposeAsync();
        await screen.DisposeAsync();
        await Task.WhenAll(ways).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
