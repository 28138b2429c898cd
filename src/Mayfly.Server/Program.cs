using Mayfly.Control;
using Mayfly.Control.Hosts;
using Mayfly.Control.Storage;
using Mayfly.Server.Auth;
using Mayfly.Server.Backups;
using Mayfly.Server.Console;
using Mayfly.Server.Displays;
using Mayfly.Server.Endpoints;
using Mayfly.Server.Hosting;
using Mayfly.Server.OpenApi;
using Mayfly.Server.SignIn;
using Mayfly.Server.Standby;
using Mayfly.Server.Telemetry;

namespace Mayfly.Server;

/// <summary>mayflyd, composed of its features in one place.</summary>
internal static class Program
{
    private const int UsageError = 2;
    private const int StartError = 1;

    public static async Task<int> Main(string[] arguments)
    {
        try
        {
            var options = ServerOptions.Read(arguments, Environment.GetEnvironmentVariable);
            if (options.PrintOpenApi) return await PrintOpenApiAsync(options);
            // Of several servers over one database the active one alone uses the data directory.
            var shares = options is { Database: not null, Restore: null };
            using var instance = shares ? null : InstanceLock.TryTake(options.Data);
            if (instance is null && !shares) return Complain($"Another mayflyd uses the data directory {options.Data.Root}. Stop it, or name another with --data.", StartError);
            if (options.Restore is { } file)
                return await RestoreProgram.RunAsync(options, file, System.Console.Out, CancellationToken.None) is { } failure ? Complain(failure, StartError) : 0;
            if (options.Role == ServerRole.Host)
            {
                await HostProgram.RunAsync(options);
                return 0;
            }

            using var door = InstanceLock.TryTake(options.Socket + ".lock");
            if (door is null) return Complain($"Another mayflyd uses the socket {options.Socket}. Stop it, or name another with --socket.", StartError);
            await (shares ? SharedHouse.RunAsync(options, door.ReadName()) : RunAloneAsync(options));
            File.Delete(options.Socket);
            return 0;
        }
        catch (OperationCanceledException)
        {
            // Told to stop before it served: that is no failure.
            return 0;
        }
        catch (FormatException exception)
        {
            return Complain(exception.Message, UsageError);
        }
        catch (Exception exception) when (StorageFaults.Of(exception) is not null)
        {
            // Machines run on; whoever starts mayflyd next finds them.
            return Complain($"mayflyd cannot start. {StorageFaults.Of(exception)}", StartError);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return Complain($"mayflyd cannot start. {exception.Message}", StartError);
        }
    }

    /// <summary>The whole application around an engine.</summary>
    /// <param name="options">How it was told to run.</param>
    /// <param name="addEngine">Adds the engine, and what else is not as usual.</param>
    /// <param name="beforeListening">Done when all has started but the listeners.</param>
    internal static WebApplication Build(ServerOptions options, Action<IServiceCollection> addEngine, Func<Task>? beforeListening = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddListeners(options);
        builder.Logging.AddMayfly();
        // After the logging: under systemd the journal has the time already. Elsewhere it does nothing.
        builder.Services.AddSystemd();
        builder.Services.AddSingleton(options);
        addEngine(builder.Services);
        builder.Services.AddHosts(new FleetOptions(OwnRuns: options.Role == ServerRole.Both));
        builder.Services.AddMayflyControl(options.ForControl());
        builder.Services.AddHttpSurface();
        builder.Services.AddAuth();
        builder.Services.AddSignIn();
        builder.Services.AddDisplays();
        builder.Services.AddSingleton<BackupDesk>();
        builder.Services.AddMetricsSurface(options);
        builder.Services.AddApiDescription();
        if (beforeListening is not null) builder.Services.AddHostedService(_ => new BeforeListening(beforeListening));

        var app = builder.Build();
        app.UseTermGuard();
        app.UseTrustedProxies(options);
        app.UseHttpSurface();
        app.UseDisplayCount();
        app.UseRouting();
        app.UseConsole(options);
        app.UseAuth();
        app.MapDisplays();
        app.MapApi();
        app.MapMetrics(options);
        app.MapOpenApi().AllowAnonymous();
        app.AnnounceListeners(options);
        return app;
    }

    private static async Task RunAloneAsync(ServerOptions options)
    {
        await using var app = Build(options, services => services.AddEngine(options));
        // Here rather than in what the host starts: its failure is told in one sentence, without where in the code it was.
        await app.Services.GetRequiredService<HouseDatabase>().PrepareAsync(CancellationToken.None);
        await app.RunAsync();
    }

    private static async Task<int> PrintOpenApiAsync(ServerOptions options)
    {
        await using var app = Build(options, services => services.AddEngine(options));
        System.Console.Out.WriteLine(await app.DescribeApiAsync(CancellationToken.None));
        return 0;
    }

    private static int Complain(string message, int exitCode)
    {
        System.Console.Error.WriteLine(message);
        return exitCode;
    }
}
