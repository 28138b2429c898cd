using System.Net;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Sessions;
using Mayfly.Control.Signals;

namespace Mayfly.Server.Displays.Viewers;

/// <summary>One viewer from its first byte to its last: handshake, password, screen. The screen closes when the session, the sign-in or mayflyd ends.</summary>
internal sealed class ViewerDoorman(
    ViewerTickets tickets, ViewerCertificate certificate, DisplayDoor door, SessionDesk desk, SessionDisplays displays, SessionInputs inputs, Lifetimes lifetimes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly ViewerHandshake _handshake = new(certificate);

    /// <summary>Serves a viewer until either side ends.</summary>
    /// <param name="connection">Its connection; the caller disposes it.</param>
    /// <param name="address">Where it comes from.</param>
    /// <param name="letIn">Called once its password was good.</param>
    /// <param name="stopping">Cancelled when mayflyd stops.</param>
    /// <exception cref="InvalidDataException">It does not speak as it should.</exception>
    /// <exception cref="OperationCanceledException">It was too slow, or mayflyd stops.</exception>
    public async Task ReceiveAsync(Stream connection, IPAddress address, Action letIn, CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(Patience);
        await using var viewer = await _handshake.BeginAsync(connection, patience.Token);
        var (challenge, answer) = await ViewerHandshake.AskAsync(viewer, patience.Token);
        using var pass = tickets.Redeem(challenge, answer);
        if (pass is null)
        {
            await ViewerHandshake.RefuseAsync(viewer, DisplayDoor.Refused.What, patience.Token);
            return;
        }

        letIn();
        // Held before the check: an end in between is not missed.
        using var machine = lifetimes.Hold(Lifetimes.Machine(pass.Grant.MachineId), pass.SignIn.Token);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(machine.Token, stopping);
        using var display = displays.Hold(pass.Grant.SessionId, new DisplayOrigin(address.ToString(), SessionClient.Viewer, pass.SignInId, pass.Grant.IssuedAt), ended.Token);
        var opened = await OpenAsync(pass, patience.Token);
        if (!opened.TryGet(out var screen, out var fault))
        {
            await ViewerHandshake.RefuseAsync(viewer, fault.What, patience.Token);
            return;
        }

        await using (screen)
        {
            await ViewerHandshake.AcceptAsync(viewer, patience.Token);
            await RelayAsync(viewer, screen, pass.Grant.SessionId, display);
        }
    }

    private async Task<Outcome<Stream>> OpenAsync(ViewerPass pass, CancellationToken cancellationToken)
    {
        // A viewer's password is for a session only, never for an administrator's look at a machine.
        if (!(await door.OpenAsync(pass.Grant, AccessRights.None, cancellationToken)).TryGet(out var screen, out var fault)) return fault;
        try
        {
            await screen.GreetScreenAsync(cancellationToken);
            return screen;
        }
        catch
        {
            await screen.DisposeAsync();
            throw;
        }
    }

    private async Task RelayAsync(Stream viewer, Stream screen, string? sessionId, SessionLease display)
    {
        if (sessionId is not null) await desk.DisplayAsync(sessionId, opened: true, display);
        try
        {
            await ViewerRelay.RunAsync(viewer, screen, display, inputs);
        }
        finally
        {
            if (sessionId is not null) await desk.DisplayAsync(sessionId, opened: false, display);
        }
    }
}
