using Mayfly.Contracts.Agent;

namespace Mayfly.VmTests;

public sealed class NetworkTests(Micro micro) : VmTest(micro)
{
    private const string Gateway = "gateway=$(ip route | sed -n 's/^default via \\([0-9.]*\\).*/\\1/p');";

    [Fact]
    public async Task Network_WhilePostSyncRuns_IsDisconnected()
    {
        var clone = await ForkAsync(new PostSyncScript(
            ["sh", "-c", $"{Gateway} {{ cat /sys/class/net/e*/carrier; ping -c 1 -W 1 $gateway >/dev/null && echo reached || echo unreachable; }} >/run/before"]));

        (await RunAsync(clone, "cat /run/before")).ShouldBe("0\nunreachable");
    }

    [Fact]
    public async Task Network_OfAReadyMachine_ReachesItsGateway()
    {
        var clone = await ForkAsync();

        await CarrierAsync(clone);
        (await RunAsync(clone, $"{Gateway} ping -c 1 -W 10 $gateway >/dev/null; echo $gateway")).ShouldBe(clone.Network!.Gateway);
        (await RunAsync(clone, "cat /etc/resolv.conf")).ShouldContain($"nameserver {clone.Network.Dns.Single()}");
    }

    [Fact]
    public async Task Networks_OfTwoMachines_AreNotOneNetwork()
    {
        var (one, other) = (await ForkAsync(), await ForkAsync());
        await CarrierAsync(one);
        await CarrierAsync(other);

        await RunAsync(other, "ip address add 10.127.0.2/24 dev eth0");
        (await RunAsync(one, "ip address add 10.127.0.1/24 dev eth0; arping -c 2 -w 2 -I eth0 10.127.0.2 >/dev/null && echo reached || echo unreachable")).ShouldBe("unreachable");
    }

    // The card's interrupt may come a moment after READY.
    private Task<string> CarrierAsync(HostMachine clone) => RunAsync(clone, "until [ $(cat /sys/class/net/e*/carrier) = 1 ]; do usleep 10000; done");
}
