namespace Mayfly.Contracts.Api;

/// <summary>The persona of a session: the settings of its user that follow from one desktop to the next.</summary>
/// <param name="Loaded">True once it was brought into the machine.</param>
/// <param name="ReadOnly">True when another desktop of its user had it first: nothing is saved from this one.</param>
/// <param name="Parts">Each Flex config.</param>
public sealed record SessionPersona(bool Loaded, bool ReadOnly, IReadOnlyList<SessionPersonaPart> Parts)
{
    /// <summary>Why none of it could be loaded, or null. Then none of it is saved either.</summary>
    public Fault? Fault { get; init; }
}

/// <summary>What a session has of one Flex config.</summary>
/// <param name="Config">Name of the Flex config.</param>
/// <param name="From">When what was loaded had been saved; null when there was nothing yet.</param>
/// <param name="Fault">Why it could not be loaded, or null. Then it is not saved either.</param>
public sealed record SessionPersonaPart(string Config, DateTimeOffset? From, Fault? Fault = null);
