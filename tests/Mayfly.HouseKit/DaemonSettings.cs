namespace Mayfly.HouseKit;

/// <summary>How a mayflyd is started.</summary>
public sealed record DaemonSettings
{
    /// <summary>True ends all machines when it stops.</summary>
    public bool StopMachines { get; init; } = true;

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

    internal IEnumerable<string> ArgumentsFor(string data)
    {
        string[] arguments = ["--data", data, "--listen", Listen, .. ViewerListen is { } viewers ? ["--viewer-listen", viewers] : Array.Empty<string>()];
        return StopMachines ? arguments.Append("--stop-machines-on-exit") : arguments;
    }
}
