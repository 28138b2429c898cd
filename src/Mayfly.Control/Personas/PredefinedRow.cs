using Mayfly.Contracts.Api;
using Mayfly.Engine;

namespace Mayfly.Control.Personas;

/// <summary>Settings as stored that users get who have none of their own yet, or in any case. Its file is a copy: whose it was may lose or change theirs.</summary>
public sealed class PredefinedRow
{
    /// <summary>Its id in the <see cref="IPersonaLibrary"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Name of its Flex config.</summary>
    public required string Config { get; init; }

    /// <summary>Users of this group get it, or null for any.</summary>
    public string? Group { get; init; }

    /// <summary>It is for desktops of this pool, or null for any.</summary>
    public string? Pool { get; init; }

    /// <summary>It is for logons that meet the condition of this environment, or null for all.</summary>
    public string? Environment { get; init; }

    /// <summary>True brings it at each logon, over what the user has.</summary>
    public required bool Enforced { get; init; }

    /// <summary>Whose settings it was made of.</summary>
    public required string From { get; init; }

    /// <summary>When those had been saved.</summary>
    public required DateTimeOffset SavedAt { get; init; }

    public required long Bytes { get; init; }

    public required long StoredBytes { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>What is for fewer goes before what is for more.</summary>
    internal int Precedence => (Group is null ? 0 : 4) + (Pool is null ? 0 : 2) + (Environment is null ? 0 : 1);

    internal PersonaArchive ToArchive() => new(Id, Config, Bytes, StoredBytes, Sha256);

    internal PredefinedView ToView() => new(Id, Config, Group, Pool, Enforced, From, SavedAt, Bytes) { Environment = Environment };
}
