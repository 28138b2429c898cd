using Mayfly.Contracts;
using Mayfly.Control.Sessions;
using Mayfly.Control.Signals;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;

namespace Mayfly.Server.Displays;

/// <summary>The WebSocket of a screen: <c>/api/v1/display</c> with the subprotocols "binary" and "ticket." plus the ticket.</summary>
internal static class DisplayEndpoint
{
    private const string TicketPrefix = "ticket.";
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static IServiceCollection AddDisplays(this IServiceCollection services) =>
        services.AddSingleton<DisplayTickets>().AddSingleton<DisplayDoor>();

    public static void MapDisplays(this WebApplication app)
    {
        app.UseWebSockets();
        app.MapGet("/api/v1/display", ServeAsync).WithName("OpenDisplay").WithTags("Displays")
            .WithSummary("The screen of a machine as a WebSocket of RFB bytes; subprotocols \"binary\" and \"ticket.TICKET\".");
    }

    private static async Task<IResult> ServeAsync(
        HttpContext context, DisplayDoor door, Origins origins, SessionDesk desk, Lifetimes lifetimes, IHostApplicationLifetime house)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return new Fault(ErrorCode.InvalidRequest, "A display is opened as a WebSocket.").ToProblem();
        if (!origins.Accepts(context.Request))
            return new Fault(ErrorCode.Forbidden, "The display was not opened from Mayfly's own pages.", "The Origin header is missing or names another site.").ToProblem();
        var ticket = context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(p => p.StartsWith(TicketPrefix, StringComparison.Ordinal));
        if (door.Redeem(ticket?[TicketPrefix.Length..], context.User) is not { } grant) return DisplayDoor.Refused.ToProblem();

        // Held before the check: an end in between is not missed.
        using var signIn = context.User.HoldSignIn(lifetimes, house.ApplicationStopping);
        using var machine = lifetimes.Hold(Lifetimes.Machine(grant.MachineId), signIn.Token);
        var opened = await door.OpenAsync(grant, context.User, context.RequestAborted);
        if (!opened.TryGet(out var screen, out var fault)) return fault.ToProblem();
        await using (screen)
        {
            await RelayAsync(context, grant, screen, desk, machine.Token);
        }

        return Results.Empty;
    }

    private static async Task RelayAsync(HttpContext context, DisplayGrant grant, Stream screen, SessionDesk desk, CancellationToken ended)
    {
        using var browser = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            // The ticket is never sent back.
            SubProtocol = context.WebSockets.WebSocketRequestedProtocols.Contains("binary") ? "binary" : null,
            KeepAliveInterval = KeepAlive, KeepAliveTimeout = KeepAlive * 2,
        });
        if (grant.SessionId is not null) await desk.DisplayAsync(grant.SessionId, opened: true);
        try
        {
            await DisplayRelay.RunAsync(browser, screen, ended);
        }
        finally
        {
            if (grant.SessionId is not null) await desk.DisplayAsync(grant.SessionId, opened: false);
        }
    }
}
