namespace Mayfly.Contracts.Api;

/// <summary>What can be changed of the house at any time.</summary>
public sealed record HouseSettings
{
    /// <summary>Minutes without use after which a sign-in is over, 5 to 10,080.</summary>
    public int SignInIdleMinutes { get; init; } = 480;

    /// <summary>Minutes after which a sign-in is over in any case, 5 to 43,200.</summary>
    public int SignInLongestMinutes { get; init; } = 1440;

    /// <summary>Wrong passwords in a row after which sign-in of a name is paused, 3 to 100.</summary>
    public int WrongPasswords { get; init; } = 5;

    /// <summary>True when everybody with a role must set up a second factor.</summary>
    public bool SecondFactorForRoles { get; init; }

    /// <summary>Days that events are kept, 1 to 3,650.</summary>
    public int EventDays { get; init; } = 90;

    /// <summary>Days that sessions are kept after they ended, 1 to 3,650.</summary>
    public int SessionDays { get; init; } = 90;

    /// <summary>Days of which an earlier version of each part of a persona is kept, 0 to 365.</summary>
    public int PersonaVersions { get; init; } = 7;

    /// <summary>Minutes after which a persona is saved while its session goes on, 0 to 1,440; 0 saves it at log-off alone.</summary>
    public int PersonaMinutes { get; init; } = 15;

    /// <summary>What the parts of one persona may take together in MiB, 1 to 16,384.</summary>
    public int PersonaQuotaMib { get; init; } = 1024;

    /// <summary>On which of several hosts machines are made.</summary>
    public PlacementRule Placement { get; init; }

    /// <summary>Where events are sent as they happen, or null.</summary>
    public SyslogSettings? Syslog { get; init; }

    /// <summary>What the sign-in page says above its form, such as terms of use; at most 500 characters, or null.</summary>
    public string? SignInText { get; init; }
}

/// <summary>On which host a machine is made, of those that have what it is made of.</summary>
public enum PlacementRule
{
    /// <summary>Where the largest part of memory is free.</summary>
    Spread,
    /// <summary>Where the smallest part is free and it still fits, so that others stay empty.</summary>
    Pack,
}

/// <summary>A syslog server (RFC 5424).</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">Port, 514 for UDP and 601 for TCP by custom.</param>
/// <param name="Transport">How it is reached.</param>
public sealed record SyslogSettings(string Host, int Port, SyslogTransport Transport);

/// <summary>How a syslog server is reached.</summary>
public enum SyslogTransport
{
    /// <summary>Datagrams (RFC 5426).</summary>
    Udp,
    /// <summary>A connection, octet-counted (RFC 6587).</summary>
    Tcp,
}
