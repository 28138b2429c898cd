using System.Net;
using System.Security.Claims;
using System.Text;
using Mayfly.Contracts;
using Mayfly.Control.Sessions;
using Mayfly.Engine;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;

namespace Mayfly.Server.Displays.Viewers;

/// <summary>Hands out files for viewer programs.</summary>
internal static class ViewerEndpoint
{
    private static readonly Fault Off = new(
        ErrorCode.ViewersOff, "Desktops can not be opened with a viewer program here.", "mayflyd has no listener for viewers.",
        "An administrator can start mayflyd with --viewer-listen ADDRESS:PORT, or set MAYFLY_VIEWER_LISTEN. The desktop opens in the browser.");

    public static IServiceCollection AddViewers(this IServiceCollection services) => services
        .AddSingleton<ViewerTickets>().AddSingleton<ViewerCertificate>().AddSingleton<ViewerDoorman>()
        .AddSingleton<ViewerListener>().AddHostedService(provider => provider.GetRequiredService<ViewerListener>());

    public static void MapViewers(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/v1/sessions/{session}/viewer", MakeFileAsync)
            .Produces(StatusCodes.Status200OK, contentType: ViewerFile.ContentType).ProducesProblem(404).ProducesProblem(429).ProducesProblem(503)
            .WithName("MakeViewerFile").WithTags("Desktops")
            .WithSummary("A file with which remote-viewer opens the caller's own session, once and within a minute.");

    internal static async Task<IResult> MakeFileAsync(
        string session, HttpContext context, ClaimsPrincipal caller, SessionDesk desk, IMachineHost host, ViewerTickets tickets, ViewerListener listener,
        ViewerCertificate certificate, TimeProvider time, CancellationToken cancellationToken)
    {
        if (listener.Address is not { } address) return Off.ToProblem();
        if (await desk.MachineOfAsync(session, caller.Name(), cancellationToken) is not { } machineId) return DisplayDoor.NoSession.ToProblem();
        if (!tickets.Issue(new DisplayGrant(caller.Name(), machineId, session) { IssuedAt = time.GetTimestamp() }, caller).TryGet(out var password, out var fault)) return fault.ToProblem();
        var title = host.Machines.FirstOrDefault(machine => machine.MachineId == machineId)?.Hostname ?? "Mayfly";
        var file = ViewerFile.Write(HostOf(address, context.Request), address.Port, password, title, certificate.Authority);
        return Results.File(Encoding.UTF8.GetBytes(file), ViewerFile.ContentType, $"{title}.vv");
    }

    /// <summary>Where the viewer finds the listener: at its own address, or at the one under which the caller found mayflyd.</summary>
    private static string HostOf(IPEndPoint address, HttpRequest request)
    {
        if (!address.Address.Equals(IPAddress.Any) && !address.Address.Equals(IPAddress.IPv6Any)) return address.Address.ToString();
        var host = request.Host.Host.Trim('[', ']');
        return Uri.CheckHostName(host) == UriHostNameType.Unknown ? "localhost" : host;
    }
}
