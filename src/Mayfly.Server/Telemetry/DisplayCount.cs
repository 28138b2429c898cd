using Mayfly.Control.Telemetry;

namespace Mayfly.Server.Telemetry;

/// <summary>Counts the displays that are open.</summary>
internal static class DisplayCount
{
    private const string Displays = "/api/v1/display";

    public static void UseDisplayCount(this WebApplication app)
    {
        var meters = app.Services.GetRequiredService<HouseMeters>();
        app.UseWhen(context => context.Request.Path == Displays, displays => displays.Use(async (context, next) =>
        {
            meters.Display(opened: true);
            try
            {
                await next(context);
            }
            finally
            {
                meters.Display(opened: false);
            }
        }));
    }
}
