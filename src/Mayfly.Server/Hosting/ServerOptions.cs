using System.CommandLine;
using System.Net;
using Mayfly.Control;
using Mayfly.Control.Storage.Postgres;
using Mayfly.Engine.Hosts;

namespace Mayfly.Server.Hosting;

/// <summary>
/// Settings of mayflyd. Each has an environment variable and an argument, which wins: <c>--data</c> MAYFLY_DATA, <c>--role</c> MAYFLY_ROLE, <c>--socket</c> MAYFLY_SOCKET,
/// <c>--database</c> MAYFLY_DATABASE, <c>--listen</c> MAYFLY_LISTEN, <c>--advertise</c> MAYFLY_ADVERTISE, <c>--images</c> MAYFLY_IMAGES, <c>--agent</c> MAYFLY_AGENT, <c>--console</c> MAYFLY_CONSOLE, <c>--origins</c>
/// MAYFLY_ORIGINS, <c>--proxies</c> MAYFLY_PROXIES, <c>--machine-group</c> MAYFLY_MACHINE_GROUP,
/// <c>--accelerator</c> MAYFLY_ACCELERATOR, <c>--stop-machines-on-exit</c> MAYFLY_STOP_MACHINES_ON_EXIT=1,
/// <c>--viewer-listen</c> MAYFLY_VIEWER_LISTEN, <c>--viewer-certificate</c> MAYFLY_VIEWER_CERTIFICATE, <c>--viewer-key</c> MAYFLY_VIEWER_KEY,
/// <c>--metrics-open</c> MAYFLY_METRICS_OPEN=1. Two arguments make it do one thing and end: <c>--restore</c>, <c>--print-openapi</c>.
/// </summary>
internal sealed record ServerOptions
{
    /// <value>Where everything is kept.</value>
    public required DataDirectory Data { get; init; }

    /// <value>What this mayflyd does for its house.</value>
    public ServerRole Role { get; init; }

    /// <value>Connection string of the PostgreSQL database, or null for a file in the data directory.</value>
    public string? Database { get; init; }

    /// <value>Address and port of the HTTP listener; port 0 takes any free one.</value>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 8006);

    /// <value>Where the other servers of a shared database reach this one, or null for where it listens.</value>
    public Uri? Advertise { get; init; }

    /// <summary>Where the other servers reach this one, or null when nobody said and where it listens is no address for others.</summary>
    public Uri? ReachableAt => Advertise
        ?? (IPAddress.IsLoopback(Listen.Address) || Listen.Address.Equals(IPAddress.Any) || Listen.Address.Equals(IPAddress.IPv6Any) || Listen.Port == 0 ? null : new Uri($"http://{Listen}"));

    /// <value>Where the unix socket is when it is not in the data directory.</value>
    public string? SocketElsewhere { get; init; }

    /// <summary>Path of the unix socket for this host's administrator.</summary>
    public string Socket => SocketElsewhere ?? Data.ApiSocket;

    /// <value>Directory of the golden-image recipes.</value>
    public string RecipeDirectory { get; init; } = Path.GetFullPath("images");

    /// <value>The guest agent's program, put into images that are built.</value>
    public string AgentPath { get; init; } = "/usr/lib/mayfly/mayfly-agent";

    /// <value>The built web console.</value>
    public string ConsoleDirectory { get; init; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <value>"auto", "kvm" or "tcg".</value>
    public string Accelerator { get; init; } = "auto";

    /// <value>Origins accepted besides the one the request itself names, such as that of a reverse proxy.</value>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <value>Reverse proxies whose word about the browser (X-Forwarded-For and -Proto) is taken; nobody's unless named.</value>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <value>Control group handed to mayflyd for its machines, or null: its own is divided, if it may be.</value>
    public string? MachineGroup { get; init; }

    /// <value>Destroy all machines when mayflyd stops; otherwise they run on.</value>
    public bool StopMachinesOnExit { get; init; }

    /// <value>Address and port for viewer programs, or null for none.</value>
    public IPEndPoint? ViewerListen { get; init; }

    /// <value>PEM file with the certificate shown to viewer programs, or null for connections without encryption.</value>
    public string? ViewerCertificate { get; init; }

    /// <value>PEM file with the certificate's key, or null when it is in the certificate's file.</value>
    public string? ViewerKey { get; init; }

    /// <value>Lets everybody read the metrics for Prometheus, without a token.</value>
    public bool MetricsOpen { get; init; }

    /// <value>Sends metrics by OTLP too: the environment names a collector, as OpenTelemetry would have it.</value>
    public bool SendMetrics { get; init; }

    /// <value>Prints the description of the REST API and does nothing else.</value>
    public bool PrintOpenApi { get; init; }

    /// <value>Backup to restore instead of serving, or null.</value>
    public string? Restore { get; init; }

    // A host is there for others.
    private static IPEndPoint HostListen => new(IPAddress.Any, 8008);

    /// <summary>What of it is for the control plane.</summary>
    public ControlOptions ForControl() => new() { DatabasePath = Data.Database, Database = Database, StopMachinesOnExit = StopMachinesOnExit };

    /// <summary>Reads the settings.</summary>
    /// <exception cref="FormatException">An argument is unknown or has no sensible value; the message is for the user.</exception>
    public static ServerOptions Read(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var defaults = new ServerOptions { Data = new DataDirectory(DefaultData(environment)) };
        var data = Setting("--data", "MAYFLY_DATA", defaults.Data.Root);
        var database = Setting("--database", "MAYFLY_DATABASE", "");
        var role = Setting("--role", "MAYFLY_ROLE", "both");
        var listen = Setting("--listen", "MAYFLY_LISTEN", "");
        var socket = Setting("--socket", "MAYFLY_SOCKET", "");
        var advertise = Setting("--advertise", "MAYFLY_ADVERTISE", "");
        var images = Setting("--images", "MAYFLY_IMAGES", defaults.RecipeDirectory);
        var agent = Setting("--agent", "MAYFLY_AGENT", defaults.AgentPath);
        var console = Setting("--console", "MAYFLY_CONSOLE", defaults.ConsoleDirectory);
        var accelerator = Setting("--accelerator", "MAYFLY_ACCELERATOR", defaults.Accelerator);
        var origins = Setting("--origins", "MAYFLY_ORIGINS", "");
        var proxies = Setting("--proxies", "MAYFLY_PROXIES", "");
        var machineGroup = Setting("--machine-group", "MAYFLY_MACHINE_GROUP", "");
        var viewers = Setting("--viewer-listen", "MAYFLY_VIEWER_LISTEN", "");
        var certificate = Setting("--viewer-certificate", "MAYFLY_VIEWER_CERTIFICATE", "");
        var key = Setting("--viewer-key", "MAYFLY_VIEWER_KEY", "");
        var stop = Switch("--stop-machines-on-exit", "MAYFLY_STOP_MACHINES_ON_EXIT");
        var metricsOpen = Switch("--metrics-open", "MAYFLY_METRICS_OPEN");
        var print = new Option<bool>("--print-openapi");
        var restore = new Option<string?>("--restore");
        var parsed = new RootCommand { data, role, socket, database, listen, advertise, images, agent, console, accelerator, origins, proxies, machineGroup, viewers, certificate, key, stop, metricsOpen, print, restore }.Parse(arguments);
        if (parsed.Errors.Count > 0) throw new FormatException(string.Join(' ', parsed.Errors.Select(error => error.Message)));
        return defaults with
        {
            Data = new DataDirectory(Path.GetFullPath(parsed.GetRequiredValue(data))),
            Database = Optional(database) is { } server ? PostgresSettings.Read(server) : null,
            Role = ParseRole(parsed.GetRequiredValue(role)),
            Listen = Optional(listen) is { } address ? ParseListen(address) : ParseRole(parsed.GetRequiredValue(role)) == ServerRole.Host ? HostListen : defaults.Listen,
            Advertise = Optional(advertise) is { } reachable ? ParseAdvertise(reachable) : null,
            SocketElsewhere = Optional(socket) is { } elsewhere ? Path.GetFullPath(elsewhere) : null,
            RecipeDirectory = Path.GetFullPath(parsed.GetRequiredValue(images)),
            AgentPath = Path.GetFullPath(parsed.GetRequiredValue(agent)),
            ConsoleDirectory = Path.GetFullPath(parsed.GetRequiredValue(console)),
            Accelerator = parsed.GetRequiredValue(accelerator),
            Origins = List(origins),
            Proxies = [.. List(proxies).Select(ParseNetwork)],
            MachineGroup = Optional(machineGroup),
            StopMachinesOnExit = parsed.GetRequiredValue(stop),
            ViewerListen = Optional(viewers) is { } viewerAddress ? ParseListen(viewerAddress) : null,
            ViewerCertificate = Optional(certificate) is { } certificateFile ? Path.GetFullPath(certificateFile) : null,
            ViewerKey = Optional(key) is { } keyFile ? Path.GetFullPath(keyFile) : null,
            MetricsOpen = parsed.GetRequiredValue(metricsOpen),
            SendMetrics = environment("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 },
            PrintOpenApi = parsed.GetValue(print),
            Restore = parsed.GetValue(restore) is { Length: > 0 } backup ? Path.GetFullPath(backup) : null,
        };

        string? Optional(Option<string> option) => parsed.GetRequiredValue(option) is { Length: > 0 } value ? value : null;

        string[] List(Option<string> option) => parsed.GetRequiredValue(option).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        Option<bool> Switch(string argument, string variable) =>
            new(argument) { DefaultValueFactory = _ => environment(variable) is "1" or "true" };

        Option<string> Setting(string argument, string variable, string otherwise) =>
            new(argument) { DefaultValueFactory = _ => environment(variable) is { Length: > 0 } set ? set : otherwise };
    }

    private static ServerRole ParseRole(string text) => text switch
    {
        "both" => ServerRole.Both,
        "server" => ServerRole.Server,
        "host" => ServerRole.Host,
        _ => throw new FormatException($"'{text}' is not a role. Give both, server or host."),
    };

    private static IPEndPoint ParseListen(string text) =>
        IPEndPoint.TryParse(text.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), out var endPoint)
            ? endPoint
            : throw new FormatException($"'{text}' is not an address to listen on. Give an IP address and a port, such as 127.0.0.1:8006.");

    private static Uri ParseAdvertise(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.PathAndQuery == "/" && address.UserInfo == "" && address.Fragment == ""
            ? address
            : throw new FormatException($"'{text}' is not where other servers reach this one. Give an address such as http://10.1.2.3:8006.");

    private static IPNetwork ParseNetwork(string text)
    {
        if (IPAddress.TryParse(text, out var address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return IPNetwork.TryParse(text, out var network)
            ? network
            : throw new FormatException($"'{text}' is not the address of a proxy. Give an IP address or a network, such as 127.0.0.1 or 10.1.2.0/24.");
    }

    private static string DefaultData(Func<string, string?> environment)
    {
        if (Environment.IsPrivilegedProcess) return "/var/lib/mayfly";
        var home = environment("XDG_DATA_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(environment("HOME") ?? "/", ".local/share");
        return Path.Combine(home, "mayfly");
    }
}

/// <summary>What a mayflyd does for its house.</summary>
internal enum ServerRole
{
    /// <summary>It serves users and administrators, and runs machines itself.</summary>
    Both,
    /// <summary>It serves users and administrators; machines run on the hosts that have joined.</summary>
    Server,
    /// <summary>It runs machines for the servers of its house.</summary>
    Host,
}
