using Mayfly.Server.Hosting;
using Microsoft.Extensions.FileProviders;

namespace Mayfly.Server.Console;

/// <summary>Serves the built web console; its pages have addresses of their own, all answered with the one page.</summary>
internal static class ConsoleFiles
{
    public static void UseConsole(this WebApplication app, ServerOptions options)
    {
        if (!Directory.Exists(options.ConsoleDirectory)) return;
        var files = new PhysicalFileProvider(options.ConsoleDirectory);
        app.Use((context, next) =>
        {
            var path = context.Request.Path;
            var page = HttpMethods.IsGet(context.Request.Method) && context.GetEndpoint() is null && !Path.HasExtension(path.Value)
                && !path.StartsWithSegments("/api") && !path.StartsWithSegments("/openapi");
            if (page) context.Request.Path = "/index.html";
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            // Files under assets/ carry a hash of their content in their names; everything else is asked for anew.
            OnPrepareResponse = served => served.Context.Response.Headers.CacheControl =
                served.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache",
        });
    }
}
