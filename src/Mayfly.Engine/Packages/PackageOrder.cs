namespace Mayfly.Engine.Packages;

/// <summary>What to make a package of.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Path">Absolute path of the archive.</param>
/// <param name="Rules">What it may hold.</param>
internal sealed record PackageOrder(string Id, string Path, PackageRules Rules)
{
    /// <summary>How faults call it.</summary>
    public string Name { get; init; } = Path;

    /// <summary>How many bytes of a guest's disk the archive has; null for a whole file of any kind.</summary>
    public long? Length { get; init; }

    /// <summary>What it is for; null when the archive itself says so, or nobody knows.</summary>
    public string? Os { get; init; }

    /// <summary>File of the package that this one was built over, or null.</summary>
    public string? Base { get; init; }

    /// <summary>True for what a guest has changed, of which something must be left.</summary>
    public bool IsCapture => Length is not null;
}
