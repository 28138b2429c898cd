using YamlDotNet.Serialization;

namespace Mayfly.Control.Environments;

/// <summary>What a house gives desktops beside settings. "{user}", "{pool}" and "{machine}" stand for themselves in variables, drives, folders and shortcuts.</summary>
public sealed record HouseEnvironment
{
    /// <summary>Unique name: 1 to 63 of a-z, 0-9 and '-'. Not in the file.</summary>
    [YamlIgnore]
    public string Name { get; init; } = "";

    /// <summary>What people read.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>False gives it to nobody.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Who gets it, or null for everybody.</summary>
    public Condition? When { get; init; }

    /// <summary>Variables of programs, by name.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Network drives.</summary>
    public IReadOnlyList<EnvironmentDrive> Drives { get; init; } = [];

    /// <summary>Folders of the home that are on a drive: their name, and "DRIVE" or "DRIVE/PATH".</summary>
    public IReadOnlyDictionary<string, string> Folders { get; init; } = new Dictionary<string, string>();

    /// <summary>Entries of the menu.</summary>
    public IReadOnlyList<EnvironmentShortcut> Shortcuts { get; init; } = [];

    /// <summary>Media types, and the desktop entry that opens them.</summary>
    public IReadOnlyDictionary<string, string> FileTypes { get; init; } = new Dictionary<string, string>();

    /// <summary>Where printers are, or null.</summary>
    public EnvironmentPrinting? Printing { get; init; }

    /// <summary>Programs of a logon or log-off, in their order.</summary>
    public IReadOnlyList<EnvironmentTask> Tasks { get; init; } = [];
}

/// <summary>A share of an SMB server.</summary>
public sealed record EnvironmentDrive
{
    /// <summary>1 to 32 of a-z, 0-9 and '-'; it is at /media/NAME.</summary>
    public string Name { get; init; } = "";

    public string Server { get; init; } = "";

    public int Port { get; init; } = 445;

    /// <summary>The share, and a folder in it if any.</summary>
    public string Path { get; init; } = "";

    /// <summary>Account at the server, or null for none.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    public string? Domain { get; init; }

    public bool ReadOnly { get; init; }
}

/// <summary>An entry of the menu: a command or an address of the web.</summary>
public sealed record EnvironmentShortcut
{
    public string Name { get; init; } = "";

    public string? Command { get; init; }

    public string? Url { get; init; }

    /// <summary>Name of an icon, or null.</summary>
    public string? Icon { get; init; }
}

/// <summary>A CUPS server, and the printer that is used where a user has chosen none.</summary>
public sealed record EnvironmentPrinting
{
    public string Server { get; init; } = "";

    public string? Printer { get; init; }
}

/// <summary>A program of a logon or log-off.</summary>
public sealed record EnvironmentTask
{
    public string Name { get; init; } = "";

    /// <summary>When it runs.</summary>
    public TaskMoment At { get; init; }

    /// <summary>A command line of the shell.</summary>
    public string Run { get; init; } = "";

    /// <summary>True runs it as root.</summary>
    public bool AsSystem { get; init; }

    /// <summary>It is killed after this long.</summary>
    public int TimeoutSeconds { get; init; } = 30;
}

/// <summary>When a task runs.</summary>
public enum TaskMoment
{
    /// <summary>After all else is there, before the desktop is its user's.</summary>
    Logon,
    /// <summary>Before the user's programs end and their settings are saved.</summary>
    Logoff,
    /// <summary>When a display is opened again and none was open.</summary>
    Reconnect,
    /// <summary>When the last display is closed and the session goes on.</summary>
    Disconnect,
}
