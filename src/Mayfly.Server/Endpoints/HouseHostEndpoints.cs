using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Hosts;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

/// <summary>The hosts of the house.</summary>
internal static class HouseHostEndpoints
{
    public static void MapHosts(this RouteGroupBuilder group)
    {
        var routes = group.MapGroup("/hosts").WithTags("Hosts").ProducesProblem(409);
        routes.MapGet("", ListAsync).Needs(Permission.ViewHouse).WithName("ListHosts").WithSummary("All hosts, and how they are.");
        routes.MapPost("", AddAsync).Needs(Permission.ManageHouse).WithName("AddHost").WithSummary("Makes a host a member of the house, with the token it says in its log.");
        routes.MapPut("/{name}", ChangeAsync).Needs(Permission.ManageHouse).WithName("ChangeHost").WithSummary("Begins or ends its maintenance.");
        routes.MapGet("/{name}/doctor", ExamineAsync).ProducesProblem(503).Needs(Permission.ViewHouse).WithName("ExamineHost").WithSummary("What a host can do, with a remedy for each lack.");
        var authority = group.MapGroup("/authority").WithTags("Hosts").ProducesProblem(404);
        authority.MapGet("", FindAuthorityAsync).Needs(Permission.ViewHouse).WithName("GetAuthority").WithSummary("The certificate authority by which servers and hosts know each other.");
        authority.MapPost("/exchange", ExchangeAuthorityAsync).ProducesProblem(409).Needs(Permission.ManageHouse).WithName("ExchangeAuthority")
            .WithSummary("Exchanges it for another one, host by host, while everything runs.");
        routes.MapDelete("/{name}", RemoveAsync).Needs(Permission.ManageHouse).WithName("RemoveHost").WithSummary("Removes it from the house. One that is lost goes with its machines.");
    }

    internal static async Task<Ok<IReadOnlyList<HostView>>> ListAsync(HostBook book, CancellationToken cancellationToken) =>
        TypedResults.Ok(await book.ListAsync(cancellationToken));

    internal static async Task<Results<Ok<HostView>, ProblemHttpResult>> AddAsync(AddHostRequest request, ClaimsPrincipal caller, HostBook book, CancellationToken cancellationToken) =>
        (await book.AddAsync(request, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<HostView>, ProblemHttpResult>> ChangeAsync(
        string name, ChangeHostRequest request, ClaimsPrincipal caller, HostBook book, CancellationToken cancellationToken) =>
        (await book.ChangeAsync(name, request, caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<Ok<DoctorReport>, ProblemHttpResult>> ExamineAsync(string name, HostBook book, CancellationToken cancellationToken) =>
        (await book.ExamineAsync(name, cancellationToken)).AsOk();

    internal static async Task<Results<Ok<HouseAuthorityView>, ProblemHttpResult>> FindAuthorityAsync(AuthorityExchange exchange, CancellationToken cancellationToken) =>
        (await exchange.FindAsync(cancellationToken)).AsOk();

    internal static async Task<Results<Ok<HouseAuthorityView>, ProblemHttpResult>> ExchangeAuthorityAsync(ClaimsPrincipal caller, AuthorityExchange exchange, CancellationToken cancellationToken) =>
        (await exchange.BeginAsync(caller.Name(), cancellationToken)).AsOk();

    internal static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(string name, ClaimsPrincipal caller, HostBook book, CancellationToken cancellationToken) =>
        (await book.RemoveAsync(name, caller.Name(), cancellationToken)).AsNoContent();
}
