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
using Mayfly.Server.Telemetry;
using Microsoft.Extensions.Logging.Console;

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
            using var instance = InstanceLock.TryTake(options.Data);
            if (instance is null) return Complain($"Another mayflyd uses the data directory {options.Data.Root}. Stop it, or name another with --data.", StartError);
            if (options.Restore is { } file)
                return await RestoreProgram.RunAsync(options, file, System.Console.Out, CancellationToken.None) is { } failure ? Complain(failure, StartError) : 0;
            if (options.Role == ServerRole.Host)
            {
                await HostProgram.RunAsync(options, AddLogging);
                return 0;
            }

            await using var app = Build(options, services => services.AddEngine(options));
            // Here rather than in what the host starts: its failure is told in one sentence, without where in the code it was.
            await app.Services.GetRequiredService<HouseDatabase>().PrepareAsync(CancellationToken.None);
            await app.RunAsync();
            File.Delete(options.Data.ApiSocket);
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
    internal static WebApplication Build(ServerOptions options, Action<IServiceCollection> addEngine)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddListeners(options);
        builder.AddLogging();
        // After the logging: under systemd the journal has the time already. Elsewhere it does nothing.
        builder.Services.AddSystemd();
        builder.Services.AddSingleton(options);
        addEngine(builder.Services);
        builder.Services.AddHosts(new FleetOptions(OwnRuns: options.Role == ServerRole.Both));
        builder.Services.AddMayflyControl(new ControlOptions { DatabasePath = options.Data.Database, Database = options.Database, StopMachinesOnExit = options.StopMachinesOnExit });
        builder.Services.AddHttpSurface();
        builder.Services.AddAuth();
        builder.Services.AddSignIn();
        builder.Services.AddDisplays();
        builder.Services.AddSingleton<BackupDesk>();
        builder.Services.AddMetricsSurface(options);
        builder.Services.AddApiDescription();

        var app = builder.Build();
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

    private static async Task<int> PrintOpenApiAsync(ServerOptions options)
    {
        await using var app = Build(options, services => services.AddEngine(options));
        System.Console.Out.WriteLine(await app.DescribeApiAsync(CancellationToken.None));
        return 0;
    }

    private static void AddLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        // The framework's own request lines carry query strings; ours do not.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // It comes with sign-ins and nothing here uses it; of a service, which has no home directory, it complains at each start.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Each refused request has its own line already.
        builder.Logging.AddFilter("Mayfly.Server.Auth", LogLevel.Warning);
    }

    private static int Complain(string message, int exitCode)
    {
        System.Console.Error.WriteLine(message);
        return exitCode;
    }
}
