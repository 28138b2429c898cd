using Mayfly.Server.Caching;
using Mayfly.Server.SignIn;

namespace Mayfly.Server.Endpoints;

/// <summary>The REST API: everything below <c>/api/v1</c>. What is not of the caller's own takes a permission, which each route names.</summary>
internal static class ApiRoutes
{
    public static void MapApi(this WebApplication app)
    {
        var everyone = app.MapGroup("/api/v1").ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        everyone.AddEndpointFilter(EntityTags.FilterAsync);
        everyone.MapAccount();
        everyone.MapSignIn();
        everyone.MapDesktops();
        everyone.MapSessions();

        var house = app.MapGroup("/api/v1").RequireAuthorization()
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
        house.AddEndpointFilter(EntityTags.FilterAsync);
        house.MapUsers();
        house.MapGroups();
        house.MapSettings();
        house.MapDirectories();
        house.MapHost();
        house.MapHosts();
        house.MapEvents();
        house.MapBackups();
        house.MapImages();
        house.MapOperations();
        house.MapPools();
        house.MapPushes();
        house.MapMachines();
        house.MapApps();
        house.MapCaptures();
        house.MapVolumes();
        house.MapPersonas();
        house.MapFlexConfigs();
        house.MapEnvironments();
        house.MapPredefined();
        house.MapWorkspaces();

        app.MapGet("/healthz", () => TypedResults.Text("ok")).AllowAnonymous().WithTags("House").WithName("Health").WithSummary("Answers \"ok\" while mayflyd serves.");
    }
}
