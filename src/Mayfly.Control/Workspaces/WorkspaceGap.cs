using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Workspaces;

/// <summary>One thing that is not as a workspace says, and what makes it so.</summary>
/// <param name="What">What it is, in a sentence.</param>
/// <param name="Repair">Makes it so; null where nothing does.</param>
internal sealed record WorkspaceGap(string What, Func<CancellationToken, Task<Fault?>>? Repair = null)
{
    public WorkspaceDrift ToDrift() => new(What, Repair is not null);
}
