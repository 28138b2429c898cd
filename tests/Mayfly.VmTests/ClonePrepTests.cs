using Mayfly.Contracts.Agent;

namespace Mayfly.VmTests;

public sealed class ClonePrepTests(Micro micro) : VmTest(micro)
{
    private const string Identity = "hostname; cat /etc/machine-id /proc/sys/kernel/random/boot_id /sys/class/net/e*/address; ip -4 -o address show scope global";

    [Fact]
    public async Task Clock_OfAClone_IsThatOfTheHost()
    {
        var clone = await ForkAsync();

        var before = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var guest = long.Parse(await RunAsync(clone, "date +%s"), System.Globalization.CultureInfo.InvariantCulture);
        guest.ShouldBeInRange(before - 2, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 2);
    }

    [Fact]
    public async Task Names_OfAClone_AreItsOwnAndWellFormed()
    {
        var clone = await ForkAsync();

        (await RunAsync(clone, "hostname; cat /etc/hostname")).ShouldBe($"{clone.Hostname}\n{clone.Hostname}");
        (await RunAsync(clone, "cat /etc/machine-id")).ShouldMatch("^[0-9a-f]{32}$");
        Guid.TryParseExact(await RunAsync(clone, "cat /proc/sys/kernel/random/boot_id"), "D", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task PostSync_RunsLast_AndSeesTheIdentity()
    {
        var clone = await ForkAsync(new PostSyncScript(["sh", "-c", $"{{ {Identity}; }} >/run/seen; date +%s >>/run/time"]));

        (await RunAsync(clone, "cat /run/seen")).ShouldBe(await RunAsync(clone, Identity));
        (await RunAsync(clone, "head -n 1 /run/seen")).ShouldBe(clone.Hostname);
        (await RunAsync(clone, "wc -l </run/time")).ShouldBe("1");
    }

    [Fact]
    public async Task PostSync_ThatFails_IsToldWithItsWords()
    {
        var fault = (await Engine.TryForkAsync(Image, new PostSyncScript(["sh", "-c", "echo the domain said no >&2; exit 7"]))).Fault;

        fault!.Code.ShouldBe(ErrorCode.PostSyncFailed);
        fault.What.ShouldContain("7");
        fault.Why!.Trim().ShouldBe("the domain said no");
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task PostSync_PastItsLimit_IsKilled()
    {
        var fault = (await Engine.TryForkAsync(Image, new PostSyncScript(["sh", "-c", "echo waiting >&2; sleep 600"], TimeoutSeconds: 1))).Fault;

        fault!.Code.ShouldBe(ErrorCode.PostSyncFailed);
        fault.What.ShouldContain("124");
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task PostSync_ThatDoesNotExist_IsAFailure()
    {
        (await Engine.TryForkAsync(Image, new PostSyncScript(["no-such-program"]))).Fault!.Code.ShouldBe(ErrorCode.PostSyncFailed);
        await NothingIsLeftAsync();
    }

    private async Task NothingIsLeftAsync()
    {
        Machines.Machines.ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(Engine.Data.Machines).ShouldBeEmpty();
        Traces.Processes(Engine.Data.Machines).ShouldBeEmpty();
        (await RunAsync(await ForkAsync(), "echo next")).ShouldBe("next");
    }
}
