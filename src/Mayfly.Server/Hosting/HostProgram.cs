using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Mayfly.Engine;
using Mayfly.Remote.Serving;
using Mayfly.Remote.Trust;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Mayfly.Server.Hosting;

/// <summary>mayflyd as a host: runs machines for the servers of its house, and knows no users and no database.</summary>
internal static partial class HostProgram
{
    /// <summary>Runs until it is told to stop.</summary>
    public static async Task RunAsync(ServerOptions options)
    {
        using var identity = HostIdentity.Open(options.Data.Root, TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddMayfly();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Listen, listen => listen.UseHostTls(identity));
        });
        builder.Services.AddSystemd();
        builder.Services.AddEngine(options);
        builder.Services.AddHostDoor(identity, options.Data.Root);
        if (options.StopMachinesOnExit) builder.Services.AddHostedService<MachinesEnd>();
        await using var app = builder.Build();
        app.UseHostDoor();
        app.Lifetime.ApplicationStarted.Register(() => Announce(app, options, identity));
        await app.RunAsync();
    }

    private static void Announce(WebApplication app, ServerOptions options, HostIdentity identity)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Mayfly.Server.Hosting");
        var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        var address = options.Advertise?.Host ?? AddressOf(options.Listen.Address);
        port = options.Advertise?.Port ?? port;
        if (identity.Name is { } name) LogServes(logger, name, address, port);
        else LogInvites(logger, identity.Invite(address, port).ToString());
    }

    /// <summary>What others reach this host by: the address it listens on, or its first one when it listens on all.</summary>
    private static string AddressOf(IPAddress listens)
    {
        if (!listens.Equals(IPAddress.Any) && !listens.Equals(IPAddress.IPv6Any)) return listens.ToString();
        var own = NetworkInterface.GetAllNetworkInterfaces().Where(card => card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses).FirstOrDefault(address => address.Address.AddressFamily == AddressFamily.InterNetwork);
        return own?.Address.ToString() ?? Dns.GetHostName();
    }

    /// <summary>Destroys all machines when the host stops, before the engine does.</summary>
    private sealed class MachinesEnd(IMachineHost machines) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(machines.Machines.Select(machine => machines.DestroyAsync(machine.MachineId)));
    }

    [LoggerMessage(640, LogLevel.Information, "This host is '{Name}' of its house, and answers its servers at {Address}:{Port}")]
    private static partial void LogServes(ILogger logger, string name, string address, int port);

    [LoggerMessage(641, LogLevel.Warning, "This host belongs to no house yet. On a server of the house: mayfly host add '{Token}'")]
    private static partial void LogInvites(ILogger logger, string token);
}
