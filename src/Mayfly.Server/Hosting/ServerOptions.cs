using System.Net;
using Mayfly.Engine.Hosts;

namespace Mayfly.Server.Hosting;

/// <summary>
/// Settings of mayflyd. Each has an environment variable and an argument, which wins: <c>--data</c> MAYFLY_DATA, <c>--listen</c>
/// MAYFLY_LISTEN, <c>--images</c> MAYFLY_IMAGES, <c>--agent</c> MAYFLY_AGENT, <c>--console</c> MAYFLY_CONSOLE, <c>--origins</c>
/// MAYFLY_ORIGINS, <c>--accelerator</c> MAYFLY_ACCELERATOR, <c>--stop-machines-on-exit</c> MAYFLY_STOP_MACHINES_ON_EXIT=1.
/// </summary>
internal sealed record ServerOptions
{
    /// <value>Where everything is kept.</value>
    public required DataDirectory Data { get; init; }

    /// <value>Address and port of the HTTP listener; port 0 takes any free one.</value>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 8006);

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

    /// <value>Destroy all machines when mayflyd stops; otherwise they run on.</value>
    public bool StopMachinesOnExit { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="FormatException">An argument is unknown or has no sensible value; the message is for the user.</exception>
    public static ServerOptions Read(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var given = Arguments(arguments);
        var defaults = new ServerOptions { Data = new DataDirectory(DefaultData(environment)) };
        return defaults with
        {
            Data = new DataDirectory(Path.GetFullPath(Value("data", "MAYFLY_DATA") ?? defaults.Data.Root)),
            Listen = Value("listen", "MAYFLY_LISTEN") is { } listen ? ParseListen(listen) : defaults.Listen,
            RecipeDirectory = Path.GetFullPath(Value("images", "MAYFLY_IMAGES") ?? defaults.RecipeDirectory),
            AgentPath = Path.GetFullPath(Value("agent", "MAYFLY_AGENT") ?? defaults.AgentPath),
            ConsoleDirectory = Path.GetFullPath(Value("console", "MAYFLY_CONSOLE") ?? defaults.ConsoleDirectory),
            Accelerator = Value("accelerator", "MAYFLY_ACCELERATOR") ?? defaults.Accelerator,
            Origins = (Value("origins", "MAYFLY_ORIGINS") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            StopMachinesOnExit = Value("stop-machines-on-exit", "MAYFLY_STOP_MACHINES_ON_EXIT") is "1" or "true",
        };

        string? Value(string argument, string variable) =>
            given.TryGetValue(argument, out var value) ? value : environment(variable) is { Length: > 0 } set ? set : null;
    }

    private static Dictionary<string, string> Arguments(IReadOnlyList<string> arguments)
    {
        string[] known = ["data", "listen", "images", "agent", "console", "origins", "accelerator"];
        var given = new Dictionary<string, string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var parts = arguments[i].Split('=', 2);
            var name = parts[0].StartsWith("--", StringComparison.Ordinal) ? parts[0][2..] : "";
            if (name == "stop-machines-on-exit") given[name] = parts.Length == 2 ? parts[1] : "1";
            else if (!known.Contains(name)) throw new FormatException($"mayflyd knows no argument '{arguments[i]}'. It takes --{string.Join(", --", known)} and --stop-machines-on-exit.");
            else if (parts.Length == 2) given[name] = parts[1];
            else given[name] = ++i < arguments.Count ? arguments[i] : throw new FormatException($"The argument '--{name}' needs a value.");
        }

        return given;
    }

    private static IPEndPoint ParseListen(string text) =>
        IPEndPoint.TryParse(text.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), out var endPoint)
            ? endPoint
            : throw new FormatException($"'{text}' is not an address to listen on. Give an IP address and a port, such as 127.0.0.1:8006.");

    private static string DefaultData(Func<string, string?> environment)
    {
        if (Environment.IsPrivilegedProcess) return "/var/lib/mayfly";
        var home = environment("XDG_DATA_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(environment("HOME") ?? "/", ".local/share");
        return Path.Combine(home, "mayfly");
    }
}
