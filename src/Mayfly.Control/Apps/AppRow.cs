namespace Mayfly.Control.Apps;

/// <summary>An application as stored.</summary>
public sealed class AppRow
{
    public required string Name { get; init; }

    public required string DisplayName { get; set; }

    public required string Description { get; set; }

    /// <summary>The lower one wins where two packages have the same file.</summary>
    public required int Precedence { get; set; }

    /// <summary>Version its marker points to, or null.</summary>
    public string? Current { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
