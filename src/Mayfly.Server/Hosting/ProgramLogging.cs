using Microsoft.Extensions.Logging.Console;

namespace Mayfly.Server.Hosting;

internal static class ProgramLogging
{
    /// <summary>What mayflyd prints: one line each, of its own doings.</summary>
    public static void AddMayfly(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        // The framework's own request lines carry query strings; ours do not.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // It comes with sign-ins and nothing here uses it; of a service, which has no home directory, it complains at each start.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Each refused request has its own line already.
        logging.AddFilter("Mayfly.Server.Auth", LogLevel.Warning);
    }
}
