namespace Mayfly.HouseKit;

/// <summary>How a mayflyd is started.</summary>
public sealed record DaemonSettings
{
    /// <summary>The mayflyd of this checkout.</summary>
    public static string ThisCheckouts => Path.Combine(Checkout.Root, "bin/mayflyd");

    /// <summary>An earlier mayflyd, as MAYFLY_EARLIER names its program; unless it does, that of this checkout.</summary>
    public static string Earlier { get; } = Environment.GetEnvironmentVariable("MAYFLY_EARLIER") is { Length: > 0 } named ? named : ThisCheckouts;

    /// <summary>The program.</summary>
    public string Program { get; init; } = ThisCheckouts;

    /// <summary>True ends all machines when it stops.</summary>
    public bool StopMachines { get; init; } = true;

    /// <summary>Its role, or null for the usual one.</summary>
    public string? Role { get; init; }

    /// <summary>What it is started with, program first, such as one that puts it into another network; it is the same process then.</summary>
    public IReadOnlyList<string> Prefix { get; init; } = [];

    /// <summary>Address and port; port 0 takes any free one.</summary>
    public string Listen { get; init; } = "127.0.0.1:0";

    /// <summary>Directory of recipes in place of the checkout's.</summary>
    public string? Images { get; init; }

    /// <summary>Directory of its log in place of the data directory.</summary>
    public string? LogDirectory { get; init; }

    /// <summary>True keeps what an earlier one has logged.</summary>
    public bool AppendLog { get; init; }

    /// <summary>Address and port for viewer programs, or null for none.</summary>
    public string? ViewerListen { get; init; }

    /// <summary>Connection string of a PostgreSQL database, or null for a file.</summary>
    public string? Database { get; init; }

    /// <summary>Where other servers of that database reach it, or null.</summary>
    public string? Advertise { get; init; }

    /// <summary>Path of its unix socket in place of that in the data directory.</summary>
    public string? Socket { get; init; }

    internal IEnumerable<string> ArgumentsFor(string data)
    {
        string[] arguments = ["--data", data, "--listen", Listen, .. Given("--role", Role), .. Given("--viewer-listen", ViewerListen), .. Given("--database", Database), .. Given("--advertise", Advertise), .. Given("--socket", Socket)];
        return StopMachines ? arguments.Append("--stop-machines-on-exit") : arguments;
    }

    private static string[] Given(string argument, string? value) => value is null ? [] : [argument, value];
}
