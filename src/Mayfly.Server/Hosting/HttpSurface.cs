using System.Text.Json.Serialization;
using Mayfly.Server.Faults;

namespace Mayfly.Server.Hosting;

/// <summary>What every answer has in common: its JSON, its headers, its log line, and the shape of its errors.</summary>
internal static partial class HttpSurface
{
    // noVNC draws cursors from data: addresses and pictures from blob: ones; the display's WebSocket is of the same origin.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; " +
        "media-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static IServiceCollection AddHttpSurface(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            // What a request says is taken as its schema has it, and refused otherwise: no numbers in quotes, no null where there must be something.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
        });
        // A body that does not parse is the caller's mistake in every environment, and answered as one.
        services.Configure<RouteHandlerOptions>(route => route.ThrowOnBadRequest = true);
        services.AddProblemDetails();
        return services;
    }

    public static void UseHttpSurface(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Mayfly.Server.Access");
        var time = app.Services.GetRequiredService<TimeProvider>();
        app.Use(async (context, next) =>
        {
            var started = time.GetTimestamp();
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
            if (context.Request.Path.StartsWithSegments("/api")) headers.CacheControl = "no-store";
            try
            {
                await next(context);
            }
            finally
            {
                // The path alone: what follows a '?' is never written down.
                LogRequest(logger, context.Request.Method, context.Request.Path, context.Response.StatusCode, time.GetElapsedTime(started).TotalMilliseconds);
            }
        });
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = FaultResults.WriteUnexpectedAsync,
            // A request that can not be read is no failure here, and what it held, which may be a secret, belongs in no log.
            SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages(async status =>
        {
            var context = status.HttpContext;
            if (context.Request.Path.StartsWithSegments("/api")) await FaultResults.WriteStatusAsync(context);
        });
    }

    [LoggerMessage(600, LogLevel.Information, "{Method} {Path} {Status} in {Milliseconds:F1} ms")]
    private static partial void LogRequest(ILogger logger, string method, string path, int status, double milliseconds);
}
