using System.Globalization;

namespace Mayfly.Engine.Limits;

/// <summary>
/// Where this host lets mayflyd make control groups: a group it was handed for its machines (another systemd service with Delegate=yes),
/// else the group it was started in, when that is its own to divide (a container with its own hierarchy).
/// </summary>
/// <param name="Path">Absolute directory of the machines' groups, or null when there is none.</param>
/// <param name="Controllers">What can be limited there.</param>
/// <param name="Lack">Why there is none, for people; null when there is.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record ControlGroupRoot(string? Path, IReadOnlyList<string> Controllers, string? Lack = null, string? Remedy = null)
{
    private const string OwnGroup = "mayflyd";
    private const string KeeperGroup = "keeper";
    private const string MachineGroups = "machines";

    /// <summary>True when a limit of a kind can be set.</summary>
    public bool Controls(string controller) => Controllers.Contains(controller);

    /// <summary>
    /// Finds it, and makes it ready: who is in it, mayflyd or whatever keeps a handed group alive, moves into a group beside the machines,
    /// since the kernel divides among groups only, not among a group and single processes.
    /// </summary>
    /// <param name="hierarchy">Where control groups of version 2 are mounted, or null when they are not.</param>
    /// <param name="membership">This process's /proc/self/cgroup.</param>
    /// <param name="handed">The group handed to mayflyd for its machines, below the hierarchy; null for its own.</param>
    public static ControlGroupRoot Find(string? hierarchy, IEnumerable<string> membership, string? handed = null)
    {
        const string Own = "0::";
        if (hierarchy is null || membership.FirstOrDefault(line => line.StartsWith(Own, StringComparison.Ordinal)) is not { } line)
            return None("This host has no control groups of version 2.");
        var path = System.IO.Path.GetFullPath($"{hierarchy}/{handed ?? line[Own.Length..]}");
        // Started again, or placed there by systemd's DelegateSubgroup: the division is one level up.
        var divided = System.IO.Path.GetFileName(path) == OwnGroup ? System.IO.Path.GetDirectoryName(path)! : path;
        try
        {
            return handed is null ? Divide(divided, OwnGroup, [Environment.ProcessId]) : Divide(divided, KeeperGroup, ProcessesIn(divided));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return None($"The control group {divided} is not mayflyd's to divide: {error.Message}");
        }
    }

    private static int[] ProcessesIn(string path) =>
        [.. File.ReadLines(System.IO.Path.Combine(path, "cgroup.procs")).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];

    private static ControlGroupRoot Divide(string path, string side, int[] inhabitants)
    {
        var offered = File.ReadAllText(System.IO.Path.Combine(path, "cgroup.controllers")).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (!offered.Contains("memory"))
            return None($"Memory can not be limited in {path}: version 1 of control groups has it, or it was not handed down.");
        string[] wanted = [.. offered.Intersect(["memory", "pids", "cpu"])];
        var beside = new ControlGroup(System.IO.Path.Combine(path, side));
        Directory.CreateDirectory(beside.Path);
        Array.ForEach(inhabitants, beside.Add);
        try
        {
            Enable(path, wanted);
            var machines = System.IO.Path.Combine(path, MachineGroups);
            Directory.CreateDirectory(machines);
            Enable(machines, wanted);
            return new ControlGroupRoot(machines, wanted);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Others are in that group, so it is not ours: back to where they came from.
            Array.ForEach(inhabitants, new ControlGroup(path).Add);
            beside.Remove();
            throw;
        }
    }

    private static void Enable(string path, string[] controllers) =>
        new ControlGroup(path).Write("cgroup.subtree_control", string.Join(' ', controllers.Select(controller => "+" + controller)));

    private static ControlGroupRoot None(string lack) => new(
        null, [], lack,
        "Start mayflyd by the systemd services of its Debian package, or as one with Delegate=yes, on a host with control groups of version 2 alone (the default since Debian 11).");
}
