using System.Security.Claims;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Machines;
using Mayfly.Control.Sessions;
using Mayfly.Engine;
using Mayfly.Server.Auth;

namespace Mayfly.Server.Displays;

/// <summary>Decides who may see which screen, and asks again at the moment of opening: step 7 of the main path (Connect).</summary>
internal sealed class DisplayDoor(DisplayTickets tickets, SessionDesk desk, MachineCatalog machines, EventLog events, IMachineHost host)
{
    public static readonly Fault Refused = new(
        ErrorCode.TicketRefused, "The display ticket is not good.", "It is unknown, used, expired, or for someone else.", "Open the desktop again.");

    /// <summary>A ticket for the caller's own session. Faults: NotFound, TooManyRequests.</summary>
    public async Task<Outcome<DisplayTicket>> IssueForSessionAsync(string sessionId, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var machineId = await desk.MachineOfAsync(sessionId, caller.Name(), cancellationToken);
        return machineId is null
            ? new Fault(ErrorCode.NotFound, "There is no such session.", null, "It may have ended; open the desktop again.")
            : tickets.Issue(caller.Name(), machineId, sessionId);
    }

    /// <summary>A ticket with which an administrator looks at any machine; that is an event. Faults: NotFound, TooManyRequests.</summary>
    public async Task<Outcome<DisplayTicket>> IssueForMachineAsync(string name, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var found = await machines.FindAsync(name, cancellationToken);
        if (!found.TryGet(out var machine, out var fault)) return fault;
        var message = $"'{caller.Name()}' asked to see the screen of '{name}'{(machine.User is null ? "" : $", lent to '{machine.User}'")}.";
        await events.RecordAsync(new HouseEvent(EventKinds.DisplayOpened, message, caller.Name(), machine.Pool, name), cancellationToken);
        return tickets.Issue(caller.Name(), machine.Id, null);
    }

    /// <summary>Uses a ticket up.</summary>
    public DisplayGrant? Redeem(string? ticket, ClaimsPrincipal caller) => ticket is null ? null : tickets.Redeem(ticket, caller.Name());

    /// <summary>Opens the screen a grant is for, if it still may be seen. Call with a lease on the machine held.</summary>
    public async Task<Outcome<Stream>> OpenAsync(DisplayGrant grant, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        if (grant.SessionId is null ? !caller.IsAdministrator() : await desk.MachineOfAsync(grant.SessionId, grant.User, cancellationToken) != grant.MachineId)
            return Refused;
        return await host.OpenDisplayAsync(grant.MachineId, cancellationToken);
    }
}
