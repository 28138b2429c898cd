using System.Security.Claims;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Captures;
using Mayfly.Control.Events;
using Mayfly.Control.Machines;
using Mayfly.Control.Sessions;
using Mayfly.Engine;
using Mayfly.Server.Auth;
using Mayfly.Server.Displays.Clipboards;

namespace Mayfly.Server.Displays;

/// <summary>Decides who may see which screen, and asks again at the moment of opening: step 7 of the main path (Connect).</summary>
internal sealed class DisplayDoor(
    DisplayTickets tickets, SessionDesk desk, MachineCatalog machines, CaptureBook captures, ObjectPools pools, EventLog events, IMachineHost host)
{
    public static readonly Fault Refused = new(
        ErrorCode.TicketRefused, "The display ticket is not good.", "It is unknown, used, expired, or for someone else.", "Open the desktop again.");

    public static readonly Fault NoSession = new(ErrorCode.NotFound, "There is no such session.", null, "It may have ended; open the desktop again.");

    /// <summary>A ticket for the caller's own session. Faults: NotFound, TooManyRequests.</summary>
    public async Task<Outcome<DisplayTicket>> IssueForSessionAsync(string sessionId, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var machineId = await desk.MachineOfAsync(sessionId, caller.Name(), cancellationToken);
        return machineId is null
            ? NoSession
            : await IssueAsync(caller, machineId, sessionId, cancellationToken);
    }

    /// <summary>A ticket with which an administrator looks at any machine; that is an event. Faults: NotFound, TooManyRequests.</summary>
    public async Task<Outcome<DisplayTicket>> IssueForMachineAsync(string name, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var found = await machines.FindAsync(name, cancellationToken);
        if (!found.TryGet(out var machine, out var fault)) return fault;
        var message = $"'{caller.Name()}' asked to see the screen of '{name}'{(machine.User is null ? "" : $", lent to '{machine.User}'")}.";
        await events.RecordAsync(new HouseEvent(EventKinds.DisplayOpened, message, caller.Name(), machine.Pool, name), cancellationToken);
        return await IssueAsync(caller, machine.Id, null, cancellationToken);
    }

    /// <summary>A ticket with which an administrator works in the machine of a capture; that is an event. Faults: NotFound, MachineStateWrong, TooManyRequests.</summary>
    public async Task<Outcome<DisplayTicket>> IssueForCaptureAsync(string id, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        if (!(await captures.FindAsync(id, cancellationToken)).TryGet(out var capture, out var fault)) return fault;
        if (await captures.MachineOfAsync(id, cancellationToken) is not { } machine || capture.State is CaptureState.Starting)
            return new Fault(ErrorCode.MachineStateWrong, $"The capture is {capture.State}: there is no screen to see.", null, "Wait until it is open.");
        var message = $"'{caller.Name()}' asked to see the screen of the capture of version {capture.Version} of '{capture.App}'.";
        await events.RecordAsync(new HouseEvent(EventKinds.DisplayOpened, message, caller.Name()), cancellationToken);
        return await IssueAsync(caller, machine, null, cancellationToken, id);
    }

    /// <summary>What a WebSocket's ticket grants; it is used up. Faults: InvalidRequest, Forbidden, TicketRefused.</summary>
    public Outcome<DisplayGrant> Admit(HttpContext context, Origins origins)
    {
        const string Prefix = "ticket.";
        if (!context.WebSockets.IsWebSocketRequest)
            return new Fault(ErrorCode.InvalidRequest, "A display is opened as a WebSocket.");
        if (!origins.Accepts(context.Request))
            return new Fault(ErrorCode.Forbidden, "The display was not opened from Mayfly's own pages.", "The Origin header is missing or names another site.");
        var ticket = context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(p => p.StartsWith(Prefix, StringComparison.Ordinal));
        return ticket is not null && tickets.Redeem(ticket[Prefix.Length..], context.User) is { } grant ? grant : Refused;
    }

    /// <summary>Opens the screen a grant is for, if it still may be seen. Call with a lease on the machine held.</summary>
    /// <param name="grant">What a ticket granted.</param>
    /// <param name="rights">What whoever has it may do now.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<Outcome<Stream>> OpenAsync(DisplayGrant grant, AccessRights rights, CancellationToken cancellationToken)
    {
        if (await PermittedAsync(grant, rights, cancellationToken) is not { } clipboard) return Refused;
        // The clipboard's rule is kept by this server, not by the viewer.
        return (await host.OpenDisplayAsync(grant.MachineId, cancellationToken)).TryGet(out var screen, out var fault) ? GuardedScreen.Under(clipboard, screen) : fault;
    }

    /// <summary>As <see cref="OpenAsync"/>, for a connection on which sound is asked for.</summary>
    public async Task<Outcome<Stream>> OpenSoundAsync(DisplayGrant grant, AccessRights rights, CancellationToken cancellationToken) =>
        await PermittedAsync(grant, rights, cancellationToken) is null ? Refused : await host.OpenSoundAsync(grant.MachineId, cancellationToken);

    private async Task<Outcome<DisplayTicket>> IssueAsync(ClaimsPrincipal caller, string machineId, string? sessionId, CancellationToken cancellationToken, string? captureId = null) =>
        tickets.Issue(caller, machineId, sessionId, captureId).TryGet(out var ticket, out var fault)
            ? ticket with { Sound = await host.HasSoundAsync(machineId, cancellationToken) }
            : fault;

    /// <summary>The screen's clipboard rule, if whoever has the grant may still see it: as the session's user, or for the right to watch the pool's machines or to capture.</summary>
    private async Task<ClipboardRule?> PermittedAsync(DisplayGrant grant, AccessRights rights, CancellationToken cancellationToken)
    {
        if (grant.CaptureId is { } capture)
        {
            // Whoever installs by hand pastes what it takes.
            return rights.Allows(Permission.ManageApps) && await captures.MachineOfAsync(capture, cancellationToken) == grant.MachineId ? ClipboardRule.Both : null;
        }

        if (await pools.OfScreenAsync(grant.MachineId, grant.SessionId, cancellationToken) is not { } screen) return null;
        var may = grant.SessionId is null ? rights.Allows(Permission.WatchMachines, screen.Pool) : screen.SessionUser == grant.User;
        return may ? screen.Clipboard : null;
    }
}
