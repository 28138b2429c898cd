using Mayfly.Contracts.Agent;

namespace Mayfly.VmTests;

public sealed class UniquenessTests(Micro micro) : SideTest(micro)
{
    // The post-sync script is the first program a clone starts.
    private static readonly PostSyncScript DrawAtOnce = new(["sh", "-c", "head -c 32 /dev/urandom | sha256sum >/run/first-draw"]);

    private static readonly (string Name, string Script)[] Facts =
    [
        ("host name", "hostname"),
        ("machine id", "cat /etc/machine-id"),
        ("boot id", "cat /proc/sys/kernel/random/boot_id"),
        ("MAC address", "cat /sys/class/net/e*/address"),
        ("address", "ip -4 -o address show scope global | sed 's/.*inet //'"),
        ("first random bytes", "cat /run/first-draw"),
        ("later random bytes", "head -c 32 /dev/urandom | sha256sum"),
        ("UUID from the kernel", "cat /proc/sys/kernel/random/uuid"),
    ];

    [Fact]
    public async Task TwentyClones_OfOneParent_HaveNothingOfTheirOwnInCommon()
    {
        var clones = await ForkManyAsync(20, DrawAtOnce);

        foreach (var (name, script) in Facts)
        {
            var answers = await Task.WhenAll(clones.Select(clone => RunAsync(clone, script)));
            answers.ShouldAllBe(answer => answer.Length > 0, name);
            answers.Distinct().Count().ShouldBe(clones.Length, $"{name}: {string.Join(", ", answers)}");
        }
    }

    [Fact]
    public async Task SshHostKeys_OfTwentyClones_AreAllDifferent()
    {
        // Only a guest that has an SSH server gets keys, and the micro image has none: here it has at least the directory of one.
        var data = MakeData(published: false);
        InitrdAddition.AddDirectory(data.OwnGoldenCopy("initrd"), "etc/ssh");
        await using var engine = await data.StartAsync();
        (await engine.Images.PublishAsync(Image.Name, Image.Version, new Progress<StepProgress>(), Token)).Fault.ShouldBeNull();
        var clones = (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => engine.TryForkAsync(Image)))).Select(fork => fork.Value).ToList();

        foreach (var file in (string[])["ssh_host_ecdsa_key", "ssh_host_ecdsa_key.pub"])
        {
            var keys = await Task.WhenAll(clones.Select(clone => engine.RunAsync(clone, $"cut -d ' ' -f 1-2 /etc/ssh/{file}")));
            keys.ShouldAllBe(key => key.Length > 100);
            keys.Distinct().Count().ShouldBe(20);
        }

        (await engine.RunAsync(clones[0], "stat -c %a /etc/ssh/ssh_host_ecdsa_key /etc/ssh/ssh_host_ecdsa_key.pub; ls /etc/ssh")).ShouldBe("600\n644\nssh_host_ecdsa_key\nssh_host_ecdsa_key.pub");
    }

    [Fact]
    public async Task KernelLog_OfEveryClone_TellsOfOneReseedByTheFork()
    {
        foreach (var clone in await ForkManyAsync(5))
            (await RunAsync(clone, "dmesg | grep -c 'crng reseeded due to virtual machine fork'")).ShouldBe("1");
    }

    [Fact]
    public async Task HostsView_OfTwentyClones_IsWhatTheGuestsSay()
    {
        var clones = await ForkManyAsync(20);

        clones.Select(clone => clone.ProcessId).Distinct().Count().ShouldBe(20);
        foreach (var clone in clones)
        {
            (await RunAsync(clone, "hostname")).ShouldBe(clone.Hostname);
            (await RunAsync(clone, "cat /sys/class/net/e*/address")).ShouldBe(clone.Network!.Mac);
            (await RunAsync(clone, "ip -4 -o address show scope global")).ShouldContain($"inet {clone.Network.Address}/{clone.Network.PrefixLength} ");
        }
    }
}
