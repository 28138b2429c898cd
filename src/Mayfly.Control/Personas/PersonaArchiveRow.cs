using Mayfly.Contracts.Api;
using Mayfly.Engine;

namespace Mayfly.Control.Personas;

/// <summary>One archive of a persona as stored: of one user and one Flex config. The file is there before the row, and goes after it.</summary>
public sealed class PersonaArchiveRow
{
    /// <summary>Its id in the <see cref="IPersonaLibrary"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Whose.</summary>
    public required string User { get; init; }

    /// <summary>Name of its Flex config.</summary>
    public required string Config { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>Name of the machine it was saved on.</summary>
    public required string Machine { get; init; }

    /// <summary>Its length as the guest packed it.</summary>
    public required long Bytes { get; init; }

    /// <summary>What it takes of the host's disk.</summary>
    public required long StoredBytes { get; init; }

    public required string Sha256 { get; init; }

    public required PersonaArchiveState State { get; set; }

    internal PersonaVersionView ToView() => new(Id, State, SavedAt, Machine, Bytes, StoredBytes);

    internal PersonaArchive ToArchive() => new(Id, Config, Bytes, StoredBytes, Sha256);
}
