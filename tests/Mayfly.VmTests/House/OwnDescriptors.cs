namespace Mayfly.VmTests.House;

/// <summary>How many descriptors this process holds, by what they stand for; the program's own files, loaded when first used, are not counted.</summary>
internal sealed record OwnDescriptors(int Memories, int Processes, int Sockets, int Others)
{
    // The runtime opens a few of its own when it first uses a thing.
    private const int RuntimeAllowance = 12;

    public static OwnDescriptors Now()
    {
        var targets = Traces.Descriptors(Environment.ProcessId).Values;
        return new OwnDescriptors(
            targets.Count(target => target.StartsWith("/memfd:mayfly-", StringComparison.Ordinal)),
            targets.Count(target => target == "anon_inode:[pidfd]"),
            targets.Count(target => target.StartsWith("socket:", StringComparison.Ordinal)),
            targets.Count(target => !target.EndsWith(".dll", StringComparison.Ordinal)));
    }

    /// <summary>True when nothing of a machine is held any more that was not held before.</summary>
    public bool IsBackTo(OwnDescriptors before) =>
        Memories <= before.Memories && Processes <= before.Processes && Sockets <= before.Sockets && Others <= before.Others + RuntimeAllowance;
}
