using System.Net.WebSockets;
using Mayfly.Contracts;
using Mayfly.Control.Signals;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;

namespace Mayfly.Server.Displays.Sounds;

/// <summary>The WebSocket of a machine's sound: <c>/api/v1/sound</c>, opened with a display ticket as a screen is.</summary>
internal static class SoundEndpoint
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void MapSound(this IEndpointRouteBuilder app) => app.MapGet("/api/v1/sound", ServeAsync).WithName("OpenSound").WithTags("Displays")
        .WithSummary("What a machine plays as a WebSocket of 16-bit samples; subprotocols \"binary\" and \"ticket.TICKET\" with a display ticket.");

    internal static async Task<IResult> ServeAsync(HttpContext context, DisplayDoor door, Origins origins, Lifetimes lifetimes, IHostApplicationLifetime house)
    {
        if (!door.Admit(context, origins).TryGet(out var grant, out var refused)) return refused.ToProblem();

        // Held before the check: an end in between is not missed.
        using var signIn = context.User.HoldSignIn(lifetimes, house.ApplicationStopping);
        using var machine = lifetimes.Hold(Lifetimes.Machine(grant.MachineId), signIn.Token);
        var opened = await door.OpenSoundAsync(grant, context.User.Rights(), context.RequestAborted);
        if (!opened.TryGet(out var screen, out var fault)) return fault.ToProblem();
        await using (screen)
        {
            var source = new SoundSource(screen);
            if (await BeginAsync(source, context.RequestAborted) is { } silent) return silent.ToProblem();
            using var browser = await AcceptAsync(context);
            await SoundRelay.RunAsync(browser, source, machine.Token);
        }

        return Results.Empty;
    }

    private static async Task<Fault?> BeginAsync(SoundSource source, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await source.BeginAsync(patience.Token);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Fault(ErrorCode.MachineUnresponsive, "The sound of this desktop does not open.", exception.Message, "Try again.");
        }
    }

    private static Task<WebSocket> AcceptAsync(HttpContext context) => context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
    {
        // The ticket is never sent back.
        SubProtocol = context.WebSockets.WebSocketRequestedProtocols.Contains("binary") ? "binary" : null,
        KeepAliveInterval = KeepAlive,
        KeepAliveTimeout = KeepAlive * 2,
    });
}
