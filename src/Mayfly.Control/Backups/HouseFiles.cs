namespace Mayfly.Control.Backups;

/// <summary>What a house has besides its database.</summary>
/// <param name="Personas">Ids of archives of personas.</param>
/// <param name="Packages">Ids of packages.</param>
/// <param name="Volumes">Ids of volumes.</param>
/// <param name="KeptMachines">Names of machines with somebody's disk.</param>
/// <param name="Images">Versions of golden images, as "name/version".</param>
public sealed record HouseFiles(
    IReadOnlySet<string> Personas, IReadOnlySet<string> Packages, IReadOnlySet<string> Volumes, IReadOnlySet<string> KeptMachines, IReadOnlySet<string> Images)
{
    /// <summary>What is in this or in another.</summary>
    public HouseFiles With(HouseFiles other) => new(
        Union(Personas, other.Personas), Union(Packages, other.Packages), Union(Volumes, other.Volumes), Union(KeptMachines, other.KeptMachines), Union(Images, other.Images));

    private static SortedSet<string> Union(IReadOnlySet<string> one, IReadOnlySet<string> other) => new(one.Concat(other), StringComparer.Ordinal);
}
