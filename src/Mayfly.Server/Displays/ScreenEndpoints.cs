using System.Security.Claims;
using Mayfly.Contracts.Api;
using Mayfly.Control.Sessions;
using Mayfly.Engine;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;

namespace Mayfly.Server.Displays;

/// <summary>What the viewer of a desktop may change of its screen.</summary>
internal static class ScreenEndpoints
{
    public static void MapScreens(this IEndpointRouteBuilder app) =>
        app.MapPut("/api/v1/sessions/{session}/screen", SetSizeAsync)
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(400).ProducesProblem(404).ProducesProblem(502).ProducesProblem(504)
            .WithName("SetScreenSize").WithTags("Desktops").WithSummary("Gives the screen of the caller's own session another size; answers when it has it.");

    internal static async Task<IResult> SetSizeAsync(
        string session, SetScreenSizeRequest size, ClaimsPrincipal caller, SessionDesk desk, IMachineHost host, CancellationToken cancellationToken) =>
        await desk.MachineOfAsync(session, caller.Name(), cancellationToken) is { } machineId
            ? (await host.SetScreenAsync(machineId, size.Width, size.Height, cancellationToken)).AsNoContent()
            : DisplayDoor.NoSession.ToProblem();
}
