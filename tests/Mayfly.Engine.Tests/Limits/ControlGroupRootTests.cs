using Mayfly.Engine.Limits;

namespace Mayfly.Engine.Tests.Limits;

/// <summary>On a directory laid out like the kernel's.</summary>
public sealed class ControlGroupRootTests : IDisposable
{
    private readonly DirectoryInfo _hierarchy = Directory.CreateTempSubdirectory("mfg");

    public void Dispose() => _hierarchy.Delete(recursive: true);

    [Fact]
    public void Find_OwnGroupDelegated_DividesItAndMovesBesideTheMachines()
    {
        Lay("system.slice/mayfly.service", "cpuset cpu io memory pids");

        var root = Find("0::/system.slice/mayfly.service");

        root.Lack.ShouldBeNull();
        root.Path.ShouldBe(At("system.slice/mayfly.service/machines"));
        File.ReadAllText(At("system.slice/mayfly.service/mayflyd/cgroup.procs")).ShouldBe($"{Environment.ProcessId}");
        foreach (var divided in (string[])["system.slice/mayfly.service", "system.slice/mayfly.service/machines"])
            File.ReadAllText(At($"{divided}/cgroup.subtree_control")).Split(' ').ShouldBe(["+memory", "+pids", "+cpu"], ignoreOrder: true);
    }

    [Fact]
    public void Find_StartedAgainInTheGroupBesideTheMachines_FindsTheSame()
    {
        Lay("mayfly.service", "memory");
        Find("0::/mayfly.service");
        Find("0::/mayfly.service/mayflyd").Path.ShouldBe(At("mayfly.service/machines"));
    }

    [Fact]
    public void Find_GroupHandedOver_DividesThatAndStaysWhereItIs()
    {
        const string Handed = "system.slice/mayfly-machines.service";
        Lay(Handed, "memory pids", "4711");
        Lay("system.slice/mayflyd.service", "memory pids");

        var root = Find("0::/system.slice/mayflyd.service", Handed);

        root.Path.ShouldBe(At($"{Handed}/machines"));
        File.ReadAllText(At($"{Handed}/keeper/cgroup.procs")).ShouldBe("4711");
        Directory.GetDirectories(At("system.slice/mayflyd.service")).ShouldBeEmpty();
    }

    [Fact]
    public void Find_GroupHandedOverIsNotThere_SaysWhy()
    {
        Lay("mayflyd.service", "memory");
        Find("0::/mayflyd.service", "mayfly-machines.service").Lack.ShouldNotBeNull().ShouldContain("mayfly-machines.service");
    }

    [Fact]
    public void Find_MemoryNotThere_SaysWhy()
    {
        Lay("", "hugetlb");
        var root = Find("0::/");
        root.Path.ShouldBeNull();
        root.Lack.ShouldNotBeNull().ShouldContain("Memory can not be limited");
        root.Remedy.ShouldNotBeNull();
        Directory.GetDirectories(_hierarchy.FullName).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0::/not/there")]
    [InlineData("4:memory:/old")]
    public void Find_NoGroupOfOnesOwn_SaysWhy(string membership) => Find(membership).Lack.ShouldNotBeNullOrEmpty();

    [Fact]
    public void Mount_SeveralHierarchies_IsTheOneBelowSys()
    {
        ControlGroupMount.Find(
        [
            "29 22 0:25 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory", "40 22 0:30 / /tmp/other rw,relatime - cgroup2 none rw",
            "30 22 0:26 / /sys/fs/cgroup/unified rw,nosuid - cgroup2 cgroup2 rw",
        ]).ShouldBe("/sys/fs/cgroup/unified");
        ControlGroupMount.Find(["29 22 0:25 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory"]).ShouldBeNull();
    }

    private ControlGroupRoot Find(string membership, string? handed = null) => ControlGroupRoot.Find(_hierarchy.FullName, ["4:memory:/", membership], handed);

    private string At(string path) => Path.Combine(_hierarchy.FullName, path);

    private void Lay(string group, string controllers, string processes = "")
    {
        Directory.CreateDirectory(At(group));
        File.WriteAllText(Path.Combine(At(group), "cgroup.controllers"), controllers + "\n");
        File.WriteAllText(Path.Combine(At(group), "cgroup.procs"), processes);
    }
}
