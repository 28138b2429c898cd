namespace Mayfly.Contracts.Api;

/// <summary>What people get, said in one place: who, desktops of which pool, which applications, and whether their settings follow them.</summary>
public sealed record Workspace
{
    /// <summary>What people read, 1 to 100 letters.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Users who get it, by name; with <see cref="Groups"/> 1 to 500.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Groups whose users get it, by name.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Pool whose desktops they get.</summary>
    public string Pool { get; init; } = "";

    /// <summary>Applications they get, each in the version marked current, attached at logon; at most 200.</summary>
    public IReadOnlyList<string> Apps { get; init; } = [];

    /// <summary>True has the settings of the pool's users follow them; false leaves the pool as it is.</summary>
    public bool Persona { get; init; }
}

/// <summary>A workspace, and where the house is not as it says.</summary>
/// <param name="Name">Unique name: 1 to 63 of a-z, 0-9, '.', '_' and '-'.</param>
/// <param name="Workspace">What it says.</param>
/// <param name="Drift">Each difference; empty when all is as it says.</param>
public sealed record WorkspaceView(string Name, Workspace Workspace, IReadOnlyList<WorkspaceDrift> Drift);

/// <summary>One thing that is not as a workspace says.</summary>
/// <param name="What">What it is, in a sentence.</param>
/// <param name="Repairable">True when repairing brings it back; false for what is gone, or what somebody has set in another way.</param>
public sealed record WorkspaceDrift(string What, bool Repairable);
