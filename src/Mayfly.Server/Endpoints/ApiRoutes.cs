using Mayfly.Server.Auth;

namespace Mayfly.Server.Endpoints;

/// <summary>The REST API: everything below <c>/api/v1</c>. Administrators only, unless a route says otherwise.</summary>
internal static class ApiRoutes
{
    public static void MapApi(this WebApplication app)
    {
        var everyone = app.MapGroup("/api/v1").ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        everyone.MapAccount();
        everyone.MapDesktops();

        var administrators = app.MapGroup("/api/v1").RequireAuthorization(AuthRegistration.Administrators)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        administrators.MapUsers();
        administrators.MapHost();
        administrators.MapImages();
        administrators.MapOperations();
        administrators.MapPools();
        administrators.MapMachines();

        app.MapGet("/healthz", () => TypedResults.Text("ok")).AllowAnonymous().WithName("Health").WithSummary("Answers \"ok\" while mayflyd serves.");
    }
}
