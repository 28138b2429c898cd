namespace Mayfly.Cli.Commands;

/// <summary>Who has something: a user or a group; one of the two is null.</summary>
internal sealed record Holder(string? User, string? Group)
{
    /// <summary>How sentences name it.</summary>
    public string Name => User ?? $"Group {Group}";
}
