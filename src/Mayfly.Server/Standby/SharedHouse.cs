using Mayfly.Control.Leadership;
using Mayfly.Control.Storage;
using Mayfly.Server.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace Mayfly.Server.Standby;

/// <summary>mayflyd as one of several servers over one database: it stands by, runs the house for a term, and stands by again, until it is told to stop.</summary>
internal sealed partial class SharedHouse(ServerOptions options, HouseLeadership leadership, SystemdNotifier systemd, ILogger logger)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs it until a signal stops it.</summary>
    /// <param name="options">How it was told to run.</param>
    /// <param name="name">The server's name, which no other has.</param>
    public static async Task RunAsync(ServerOptions options, string name)
    {
        using var signals = new StopSignals();
        using var logging = LoggerFactory.Create(builder => builder.AddMayfly());
        using var leadership = new HouseLeadership(options.ForControl(), new ServerIdentity(name, options.ReachableAt), new LeaseTimes(), TimeProvider.System, logging);
        var systemd = new SystemdNotifier();
        using var stopping = signals.Token.Register(() => systemd.Notify(ServiceState.Stopping));
        try
        {
            await new SharedHouse(options, leadership, systemd, logging.CreateLogger("Mayfly.Server.Standby")).RunAsync(signals.Token);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            // It stood by.
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        if (options.ReachableAt is null) LogHasNoAddress();
        await leadership.PrepareAsync(stopping);
        for (var term = await leadership.TryTakeAsync(stopping); !stopping.IsCancellationRequested; term = null)
        {
            await using var standby = term is null ? await StandByAsync(stopping) : null;
            term ??= await leadership.WinAsync(standby!.Follow, stopping);
            await ServeAsync(term, standby, stopping);
        }
    }

    private async Task<StandbyServer> StandByAsync(CancellationToken stopping)
    {
        var standby = new StandbyServer(options);
        await standby.StartAsync(stopping);
        systemd.Notify(ServiceState.Ready);
        LogStandsBy(standby.Addresses.FirstOrDefault(url => !url.Contains("unix:", StringComparison.Ordinal)) ?? "", options.Socket);
        return standby;
    }

    /// <summary>Runs the house until the term is over or the server is told to stop, and then leaves it to others.</summary>
    private async Task ServeAsync(HouseTerm term, StandbyServer? standby, CancellationToken stopping)
    {
        using var held = term;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping, term.Ended);
        using var unwanted = new CancellationTokenSource();
        LogTakesOver(term.Epoch);
        var keeping = leadership.KeepAsync(term, unwanted.Token);
        try
        {
            await RunApplicationAsync(term, standby, ended.Token);
        }
        catch (Exception exception) when (term.Ended.IsCancellationRequested && (exception is OperationCanceledException || StorageFaults.Of(exception) is not null))
        {
            // It had not begun to serve.
        }
        finally
        {
            await unwanted.CancelAsync();
            await keeping;
            await leadership.FreeAsync(term);
        }

        if (term.Ended.IsCancellationRequested) LogStepsDown(term.Epoch, term.Reason ?? "The lease could not be renewed in time.");
    }

    private async Task RunApplicationAsync(HouseTerm term, StandbyServer? standby, CancellationToken ended)
    {
        using var files = await TakeFilesAsync(ended);
        await using var app = Program.Build(options, services => services.AddEngine(options).AddSingleton(term).AddSingleton<IHostLifetime, QuietLifetime>(), standby is null ? null : standby.StopAsync);
        await app.Services.GetRequiredService<HouseDatabase>().PrepareAsync(ended);
        await app.StartAsync(ended);
        systemd.Notify(ServiceState.Ready);
        try
        {
            await app.WaitForShutdownAsync(ended);
        }
        catch (Exception exception)
        {
            // What goes on in it can not be told apart from what another server does: this process is to end.
            throw new InvalidOperationException("The house could not be stopped in good order.", exception);
        }
    }

    /// <summary>The data directory, which may be shared: it is this server's while it runs the house, once whoever had it before has let go.</summary>
    private async Task<InstanceLock> TakeFilesAsync(CancellationToken cancellationToken)
    {
        for (var waits = false; ; await Task.Delay(LookEvery, cancellationToken), waits = true)
        {
            if (InstanceLock.TryTake(options.Data) is { } taken) return taken;
            if (!waits) LogWaitsForFiles(options.Data.Root);
        }
    }

    [LoggerMessage(620, LogLevel.Information, "mayflyd stands by at {Address} and, for this host's administrator, {Socket}")]
    private partial void LogStandsBy(string address, string socket);

    [LoggerMessage(621, LogLevel.Information, "mayflyd takes over the house; this is term {Epoch}")]
    private partial void LogTakesOver(long epoch);

    [LoggerMessage(622, LogLevel.Warning, "mayflyd runs the house no more; term {Epoch} is over. {Reason}")]
    private partial void LogStepsDown(long epoch, string reason);

    [LoggerMessage(623, LogLevel.Warning, "The data directory {Directory} is still used by another mayflyd and is waited for. If that one stands still, end its process")]
    private partial void LogWaitsForFiles(string directory);

    [LoggerMessage(624, LogLevel.Information, "Other servers can not pass requests on to this one: --advertise names no address where they reach it")]
    private partial void LogHasNoAddress();
}
