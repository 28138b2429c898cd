using System.Security.Claims;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Sessions;
using Mayfly.Server.Auth;
using Mayfly.Server.Displays;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

/// <summary>
/// Sessions: their users', and those an administrator or the help desk looks after. A session that does not exist and one that is none of
/// the caller's business are answered alike.
/// </summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/sessions").WithTags("Sessions");
        routes.MapGet("", ListAsync).NeedsAnywhere(Permission.ViewSessions).WithName("ListSessions").WithSummary("Sessions, newest first, of the pools the caller may see.");
        routes.MapGet("/{session}", FindAsync).WithName("GetSession").WithSummary("One session: the caller's own, or one they may see.");
        routes.MapDelete("/{session}", LogOffAsync).WithName("LogOff").WithSummary("Logs off; answers when the machine is destroyed.");
        routes.MapPost("/{session}/disconnect", DisconnectAsync).WithName("DisconnectSession").WithSummary("Closes its displays; the session goes on.");
        routes.MapPost("/{session}/message", SendAsync).NeedsAnywhere(Permission.OperateSessions).WithName("SendMessage").WithSummary("Shows a message to its user, until they put it away.");
        routes.MapDelete("/{session}/message", PutAwayAsync).WithName("PutMessageAway").WithSummary("Its user has read the message; with id, only that one.");
        routes.MapPost("/{session}/display-ticket", TicketAsync).WithName("MakeSessionDisplayTicket").WithSummary("Leave to open the session's display once.");
        routes.MapPut("/{session}/first-frame", FirstFrameAsync).WithName("TellFirstFrame").WithSummary("The page shows the first picture of the caller's session.");
        routes.MapPost("/{session}/apps/{app}", AttachAsync).ProducesProblem(409).ProducesProblem(502).ProducesProblem(504).WithName("AttachApp")
            .WithSummary("Attaches an on-demand application now: the caller's own session, or one they may operate.");
        group.MapGet("/users/{user}/person", PersonAsync).NeedsAnywhere(Permission.ViewUsers).WithTags("Users").WithName("GetPerson")
            .WithSummary("A person with their desktops, sessions, machines, sign-ins and latest problems.");
    }

    internal static async Task<Results<Ok<Page<SessionView>>, ProblemHttpResult>> ListAsync(
        ClaimsPrincipal caller, SessionReader sessions, CancellationToken cancellationToken,
        string? pool = null, string? user = null, string? machine = null, string? state = null, string? after = null, int limit = Paging.Usual)
    {
        if (Paging.Complaint(limit) is { } complaint) return complaint.ToProblem();
        var wanted = default(SessionState);
        if (state is not null && (!Enum.TryParse(state, ignoreCase: true, out wanted) || !Enum.IsDefined(wanted) || char.IsDigit(state[0])))
            return new Fault(ErrorCode.InvalidRequest, "A session is open, connected, disconnected or ended.").ToProblem();
        var filter = new SessionFilter(caller.Rights().ScopeOf(Permission.ViewSessions)) { Pool = pool, User = user, Machine = machine, State = state is null ? null : wanted };
        return (await sessions.ListAsync(filter, after, limit, cancellationToken)).AsOk();
    }

    internal static async Task<Results<Ok<SessionView>, ProblemHttpResult>> FindAsync(
        string session, ClaimsPrincipal caller, SessionReader sessions, CancellationToken cancellationToken) =>
        (await PermittedAsync(session, caller, Permission.ViewSessions, sessions, cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> LogOffAsync(
        string session, ClaimsPrincipal caller, SessionDesk desk, SessionReader sessions, CancellationToken cancellationToken)
    {
        var permitted = await PermittedAsync(session, caller, Permission.OperateSessions, sessions, cancellationToken);
        return permitted.Fault is { } fault ? fault.ToProblem() : (await desk.LogOffAsync(session, null, caller.Name(), cancellationToken)).AsNoContent();
    }

    internal static async Task<Results<NoContent, ProblemHttpResult>> DisconnectAsync(
        string session, ClaimsPrincipal caller, SessionDesk desk, SessionReader sessions, CancellationToken cancellationToken)
    {
        var permitted = await PermittedAsync(session, caller, Permission.OperateSessions, sessions, cancellationToken);
        if (!permitted.TryGet(out var found, out var fault)) return fault.ToProblem();
        var reason = found.User == caller.Name() ? "You have disconnected. Your session goes on." : "An administrator has disconnected you. Your session goes on.";
        return (await desk.DisconnectAsync(session, caller.Name(), reason, cancellationToken)).AsNoContent();
    }

    internal static async Task<Results<NoContent, ProblemHttpResult>> SendAsync(
        string session, SendMessageRequest request, ClaimsPrincipal caller, SessionMessages messages, SessionReader sessions, CancellationToken cancellationToken)
    {
        var found = await sessions.FindAsync(session, cancellationToken);
        if (found.Fault is not null || !caller.Rights().Allows(Permission.OperateSessions, found.Value.Pool)) return SessionFaults.NoSession.ToProblem();
        return (await messages.SendAsync(session, request.Message, caller.Name(), cancellationToken)).AsNoContent();
    }

    internal static async Task<Results<NoContent, ProblemHttpResult>> PutAwayAsync(
        string session, ClaimsPrincipal caller, SessionMessages messages, CancellationToken cancellationToken, string? id = null) =>
        (await messages.PutAwayAsync(session, caller.Name(), id, cancellationToken)).AsNoContent();

    internal static async Task<Results<Ok<DisplayTicket>, ProblemHttpResult>> TicketAsync(
        string session, ClaimsPrincipal caller, DisplayDoor door, CancellationToken cancellationToken) =>
        (await door.IssueForSessionAsync(session, caller, cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> FirstFrameAsync(
        string session, ClaimsPrincipal caller, FirstFrames frames, CancellationToken cancellationToken) =>
        (await frames.ShownAsync(session, caller.Name(), cancellationToken)).AsNoContent();

    internal static async Task<Results<Ok<PersonView>, ProblemHttpResult>> PersonAsync(
        string user, ClaimsPrincipal caller, PersonReader people, CancellationToken cancellationToken) =>
        (await people.FindAsync(user, caller.Rights(), caller.SignInId(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<SessionView>, ProblemHttpResult>> AttachAsync(
        string session, string app, ClaimsPrincipal caller, SessionAttacher attacher, SessionReader sessions, CancellationToken cancellationToken)
    {
        var permitted = await PermittedAsync(session, caller, Permission.OperateSessions, sessions, cancellationToken);
        return permitted.Fault is { } fault ? fault.ToProblem() : (await attacher.AttachAppAsync(session, app, caller.Name(), cancellationToken)).AsOk();
    }

    /// <summary>A session that is the caller's own, or of a pool in which they have a permission. Faults: NotFound.</summary>
    private static async Task<Outcome<SessionView>> PermittedAsync(
        string session, ClaimsPrincipal caller, Permission permission, SessionReader sessions, CancellationToken cancellationToken)
    {
        var found = await sessions.FindAsync(session, cancellationToken);
        return found.Fault is null && (found.Value.User == caller.Name() || caller.Rights().Allows(permission, found.Value.Pool)) ? found : SessionFaults.NoSession;
    }
}
