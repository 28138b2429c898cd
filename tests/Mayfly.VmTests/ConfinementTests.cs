using System.Globalization;
using Mayfly.Engine.Hosts;

namespace Mayfly.VmTests;

public sealed class ConfinementTests(Micro micro) : VmTest(micro)
{
    private const string NoCapabilities = "0000000000000000";

    [Fact]
    public async Task Qemu_OfAMachine_HasNoRightsToLose()
    {
        var clone = await ForkAsync();

        var user = VmAccount.Find("mayfly-vm")!.UserId ?? int.Parse(Traces.Status(Environment.ProcessId, "Uid").Split('\t')[0], CultureInfo.InvariantCulture);
        user.ShouldNotBe(0);
        Traces.Status(clone.ProcessId, "Uid").Split('\t').ShouldAllBe(id => id == user.ToString(CultureInfo.InvariantCulture));
        Traces.Status(clone.ProcessId, "Gid").Split('\t').ShouldAllBe(id => id != "0");
        Traces.Status(clone.ProcessId, "NoNewPrivs").ShouldBe("1");
        Traces.Status(clone.ProcessId, "Seccomp").ShouldBe("2");
        foreach (var set in (string[])["CapInh", "CapPrm", "CapEff", "CapAmb"])
            Traces.Status(clone.ProcessId, set).ShouldBe(NoCapabilities);
    }

    [Fact]
    public async Task Directory_OfAMachine_IsItsOwnersAlone()
    {
        await ForkAsync();

        var directory = Directory.GetDirectories(Engine.Data.Machines).Single();
        File.GetUnixFileMode(directory).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var sockets = Directory.GetFiles(directory, "*.sock");
        sockets.Select(Path.GetFileName).Order().ShouldBe(["agent.sock", "qmp.sock"]);
        sockets.ShouldAllBe(socket => File.GetUnixFileMode(socket) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task Qemu_OfAMachine_HasOnlyTheFilesItNeeds()
    {
        var clone = await ForkAsync();
        var machine = Directory.GetDirectories(Engine.Data.Machines).Single();
        var warm = Engine.Runtime.WarmImages.Loaded(Image)!;
        var disk = warm.Golden.PathOf(warm.Golden.Manifest.Disk.File);

        var files = Traces.Descriptors(clone.ProcessId).Values.Where(target => target.StartsWith('/')).Where(target => !target.StartsWith("/dev/", StringComparison.Ordinal));

        files.Distinct().Order().ShouldBe(new[]
        {
            "/memfd:mayfly-ram (deleted)", Path.Combine(machine, "disk.qcow2"), Path.Combine(machine, "qemu.pipe"), warm.Files.FrozenDisk, disk,
        }.Order());
    }

    [Fact]
    public async Task Qemu_OfAMachine_HasSharedFilesForReadingOnly()
    {
        var clone = await ForkAsync();
        var shared = Traces.Descriptors(clone.ProcessId)
            .Where(descriptor => descriptor.Value.StartsWith(Engine.Data.Warm, StringComparison.Ordinal) || descriptor.Value.StartsWith(Engine.Data.Images, StringComparison.Ordinal))
            .ToList();

        shared.Count.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var (number, target) in shared)
            Traces.IsWritable(clone.ProcessId, number).ShouldBeFalse(target);
    }

    [Fact]
    public async Task Qemu_OfAMachine_ListensOnNoPort()
    {
        var clone = await ForkAsync();

        var sockets = Traces.Descriptors(clone.ProcessId).Values.Where(target => target.StartsWith("socket:[", StringComparison.Ordinal)).Select(target => target[8..^1]).ToHashSet();
        sockets.Count.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var table in (string[])["tcp", "tcp6", "udp", "udp6", "raw", "packet"])
            File.ReadLines($"/proc/net/{table}").Where(line => line.Split(' ').Any(sockets.Contains)).ShouldBeEmpty();
    }
}
