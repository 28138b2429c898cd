using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Mayfly.Server.Hosting;

/// <summary>Marks a connection that came over the unix socket: only the account of mayflyd can open it.</summary>
internal sealed record LocalConnection;

/// <summary>Where mayflyd listens: one address for browsers and programs, and the unix socket of this host's administrator.</summary>
internal static partial class Listeners
{
    private const int LargestRequest = 256 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static WebApplicationBuilder AddListeners(this WebApplicationBuilder builder, ServerOptions options)
    {
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = Bind);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Listen(options.Listen);
            kestrel.ListenUnixSocket(options.Socket, listen => listen.Use(next => connection =>
            {
                connection.Features.Set(new LocalConnection());
                return next(connection);
            }));
        });
        return builder;
    }

    /// <summary>Says in the log where mayflyd can be reached, once it can.</summary>
    public static void AnnounceListeners(this WebApplication app, ServerOptions options)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Mayfly.Server.Hosting");
        app.Lifetime.ApplicationStarted.Register(
            () => LogServing(logger, app.Urls.FirstOrDefault(url => !url.Contains("unix:", StringComparison.Ordinal)) ?? "", options.Socket));
        app.Lifetime.ApplicationStopping.Register(() => LogStopping(logger));
    }

    /// <summary>
    /// Binds the unix socket where nobody else can reach it, takes the others' rights away, and only then moves it into its place, over
    /// one left by a mayflyd that crashed: there is no moment at which somebody else could connect. The instance lock is held already.
    /// </summary>
    private static Socket Bind(System.Net.EndPoint endPoint)
    {
        if (endPoint is not UnixDomainSocketEndPoint) return SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        var path = endPoint.ToString()!;
        var hidden = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(path)!, "." + Path.GetFileNameWithoutExtension(path)), OwnerOnly).FullName;
        var first = Path.Combine(hidden, "s");
        File.Delete(first);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(first));
        File.SetUnixFileMode(first, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(first, path, overwrite: true);
        Directory.Delete(hidden);
        return socket;
    }

    [LoggerMessage(610, LogLevel.Information, "mayflyd serves {Address} and, for this host's administrator, {Socket}")]
    private static partial void LogServing(ILogger logger, string address, string socket);

    [LoggerMessage(611, LogLevel.Information, "mayflyd stops")]
    private static partial void LogStopping(ILogger logger);
}
