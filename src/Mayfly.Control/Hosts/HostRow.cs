namespace Mayfly.Control.Hosts;

/// <summary>A host as stored.</summary>
public sealed class HostRow
{
    /// <summary>Name of the row of the server's own host, which is made when it is first put into maintenance.</summary>
    public const string Own = "";

    /// <summary>What the server's own host is called.</summary>
    public static string OwnName => Environment.MachineName;

    /// <summary>Its name, which its certificate has too; never changed.</summary>
    public required string Name { get; init; }

    /// <summary>Where it answers, an https address; null for the server's own.</summary>
    public string? Address { get; init; }

    /// <summary>True while nothing new is made on it and what nobody uses goes.</summary>
    public bool Maintenance { get; set; }

    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>The name under which machines of a host are stored: null for the server's own.</summary>
    public static string? NameOf(string host) => host == OwnName ? null : host;
}
