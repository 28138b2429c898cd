using Mayfly.Contracts.Api;

namespace Mayfly.Control.Workspaces;

/// <summary>A workspace as stored: what it says. What holds is asked of those who know.</summary>
public sealed class WorkspaceRow
{
    public required string Name { get; init; }

    public required Workspace Workspace { get; set; }
}
