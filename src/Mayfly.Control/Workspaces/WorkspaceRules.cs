using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Users;

namespace Mayfly.Control.Workspaces;

/// <summary>What a workspace must be.</summary>
internal static class WorkspaceRules
{
    private const int MostHolders = 500;
    private const int MostApps = 200;

    /// <summary>What is wrong with one, all of it, or null.</summary>
    public static Fault? Complaint(string name, Workspace workspace)
    {
        var complaints = new List<string>();
        if (!NameRule.Allows(name)) complaints.Add($"A name is {NameRule.Words}.");
        if (workspace.DisplayName is not { Length: > 0 and <= 100 }) complaints.Add("It is shown by 1 to 100 letters.");
        if (workspace.Users is null || workspace.Groups is null || workspace.Apps is null || workspace.Users.Concat(workspace.Groups).Concat(workspace.Apps).Any(string.IsNullOrEmpty))
            complaints.Add("Users, groups and applications are named in lists.");
        else if (workspace.Users.Count + workspace.Groups.Count is 0 or > MostHolders) complaints.Add($"It is for 1 to {MostHolders} users and groups.");
        else if (workspace.Apps.Count > MostApps) complaints.Add($"It has at most {MostApps} applications.");
        if (string.IsNullOrEmpty(workspace.Pool)) complaints.Add("It names a pool.");
        return complaints.Count == 0 ? null : new Fault(ErrorCode.InvalidRequest, "The workspace can not be.", string.Join(" ", complaints));
    }

    /// <summary>The same with nothing named twice, in order.</summary>
    public static Workspace Clean(Workspace workspace) =>
        workspace with { Users = Sorted(workspace.Users), Groups = Sorted(workspace.Groups), Apps = Sorted(workspace.Apps) };

    private static string[] Sorted(IReadOnlyList<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
