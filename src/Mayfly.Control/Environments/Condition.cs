namespace Mayfly.Control.Environments;

/// <summary>When something is for a logon. Of one that says several things all must be so; one that says nothing is no condition.</summary>
public sealed record Condition
{
    /// <summary>All of these.</summary>
    public IReadOnlyList<Condition>? All { get; init; }

    /// <summary>One or more of these.</summary>
    public IReadOnlyList<Condition>? Any { get; init; }

    /// <summary>Not this.</summary>
    public Condition? Not { get; init; }

    /// <summary>The user is a member of this group.</summary>
    public string? Group { get; init; }

    /// <summary>The desktop is of this pool.</summary>
    public string? Pool { get; init; }

    /// <summary>The desktop is of this golden image, whichever version.</summary>
    public string? Image { get; init; }

    /// <summary>The user's own device has this address, or one of this network: "10.1.2.3", "10.1.0.0/16".</summary>
    public string? Client { get; init; }

    /// <summary>The time of day where mayflyd runs, "08:00-18:00"; it may go over midnight. The end is not in it.</summary>
    public string? Hours { get; init; }

    /// <summary>The day there, such as "Monday".</summary>
    public IReadOnlyList<string>? Days { get; init; }

    /// <summary>This is there in the desktop: a path in the home, or one from "/" on.</summary>
    public string? File { get; init; }

    /// <summary>A login shell of the desktop has this variable with this value: "LANG=de_DE.UTF-8".</summary>
    public string? Variable { get; init; }

    /// <summary>The condition of the environment of this name.</summary>
    public string? Environment { get; init; }

    /// <summary>This one and all in it.</summary>
    internal IEnumerable<Condition> Everything() =>
        [this, .. (All ?? []).Concat(Any ?? []).Append(Not).OfType<Condition>().SelectMany(inner => inner.Everything())];
}
