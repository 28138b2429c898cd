using Mayfly.Contracts.Api;
using Mayfly.Control.Sessions;
using Mayfly.Control.Signals;
using Mayfly.Server.Auth;
using Mayfly.Server.Displays.Sounds;
using Mayfly.Server.Displays.Viewers;
using Mayfly.Server.Faults;

namespace Mayfly.Server.Displays;

/// <summary>The WebSocket of a screen: <c>/api/v1/display</c> with the subprotocols "binary" and "ticket." plus the ticket.</summary>
internal static class DisplayEndpoint
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static IServiceCollection AddDisplays(this IServiceCollection services) =>
        services.AddSingleton<DisplayTickets>().AddSingleton<DisplayDoor>().AddSingleton<ThumbnailCache>().AddViewers();

    public static void MapDisplays(this WebApplication app)
    {
        app.UseWebSockets();
        app.MapGet("/api/v1/display", ServeAsync).WithName("OpenDisplay").WithTags("Displays")
            .WithSummary("The screen of a machine as a WebSocket of RFB bytes; subprotocols \"binary\" and \"ticket.TICKET\".");
        app.MapThumbnails();
        app.MapScreens();
        app.MapViewers();
        app.MapSound();
    }

    internal static async Task<IResult> ServeAsync(
        HttpContext context, DisplayDoor door, Origins origins, SessionDesk desk, SessionDisplays displays, SessionInputs inputs, Lifetimes lifetimes, IHostApplicationLifetime house)
    {
        if (!door.Admit(context, origins).TryGet(out var grant, out var refused)) return refused.ToProblem();

        // Held before the check: an end in between is not missed.
        using var signIn = context.User.HoldSignIn(lifetimes, house.ApplicationStopping);
        using var machine = lifetimes.Hold(Lifetimes.Machine(grant.MachineId), signIn.Token);
        var origin = new DisplayOrigin(context.Connection.RemoteIpAddress?.ToString(), SessionClient.Browser, context.User.SignInId(), grant.IssuedAt);
        using var display = displays.Hold(grant.SessionId, origin, machine.Token);
        var opened = await door.OpenAsync(grant, context.User.Rights(), context.RequestAborted);
        if (!opened.TryGet(out var screen, out var fault)) return fault.ToProblem();
        await using (screen)
        {
            await RelayAsync(context, grant, screen, desk, display, inputs);
        }

        return Results.Empty;
    }

    private static async Task RelayAsync(HttpContext context, DisplayGrant grant, Stream screen, SessionDesk desk, SessionLease display, SessionInputs inputs)
    {
        using var browser = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            // The ticket is never sent back.
            SubProtocol = context.WebSockets.WebSocketRequestedProtocols.Contains("binary") ? "binary" : null,
            KeepAliveInterval = KeepAlive,
            KeepAliveTimeout = KeepAlive * 2,
        });
        if (grant.SessionId is not null) await desk.DisplayAsync(grant.SessionId, opened: true, display);
        try
        {
            await DisplayRelay.RunAsync(browser, screen, display, inputs);
        }
        finally
        {
            if (grant.SessionId is not null) await desk.DisplayAsync(grant.SessionId, opened: false, display);
        }
    }
}
