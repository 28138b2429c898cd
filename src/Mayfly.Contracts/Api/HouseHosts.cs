namespace Mayfly.Contracts.Api;

/// <summary>A host of the house.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Own">True for the one this server runs on.</param>
/// <param name="Address">Where it answers; null for the server's own.</param>
/// <param name="State">How it is.</param>
public sealed record HostView(string Name, bool Own, string? Address, HostState State)
{
    /// <summary>True while nothing new is made on it.</summary>
    public bool Maintenance { get; init; }

    /// <summary>Its memory, or null while it was never heard.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Memory still to be had, or null while it was never heard.</summary>
    public long? AvailableBytes { get; init; }

    /// <summary>Machines on it.</summary>
    public int Machines { get; init; }

    /// <summary>Those of them that somebody uses.</summary>
    public int InUse { get; init; }

    /// <summary>Why it is lost, or null.</summary>
    public Fault? Fault { get; init; }
}

/// <summary>How a host is.</summary>
public enum HostState
{
    /// <summary>It takes machines.</summary>
    Online,
    /// <summary>It was not heard yet.</summary>
    Connecting,
    /// <summary>An administrator keeps new machines from it, and those that nobody uses go.</summary>
    Maintenance,
    /// <summary>It does not answer. Its machines may run on.</summary>
    Lost,
}

/// <summary>Makes a host a member of the house.</summary>
/// <param name="Token">What the host says in its log, once.</param>
/// <param name="Name">Its name; what it calls itself unless given.</param>
public sealed record AddHostRequest(string Token, string? Name = null);

/// <summary>Changes a host.</summary>
/// <param name="Maintenance">True begins its maintenance, false ends it.</param>
public sealed record ChangeHostRequest(bool Maintenance);
