using Mayfly.Contracts;
using Mayfly.Engine;
using Mayfly.HostKit;
using Mayfly.Remote.Serving;
using Mayfly.Remote.Wire;
using Mayfly.TestKit;

namespace Mayfly.Remote.Tests;

public sealed class LeaseTests
{
    private static readonly ImageVersion Image = new("micro", "v1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_CutOff_IsLostAndItsMachinesInTroubleUntilItIsBack()
    {
        await using var host = await HostOfHouse.StartAsync();
        await using var cable = await host.CableAsync();
        var remote = await host.HearAsync(port: cable.Port);
        await remote.Machines.ProvisionAsync(new ProvisionRequest("m1", "vm1", Image), null, Token);
        remote.Machines.Find("m1")!.Trouble.ShouldBeNull();

        cable.Pull();
        await Eventually.HoldsAsync(() => Task.FromResult(remote.Lost is not null), "it is lost");
        remote.Machines.Find("m1")!.Trouble!.Code.ShouldBe(ErrorCode.HostUnreachable);
        (await remote.Machines.ExecAsync("m1", new Contracts.Agent.ExecRequest(["true"], 5), Token)).Fault!.Code.ShouldBe(ErrorCode.HostUnreachable);
        // By now it knows that itself.
        host.LeaseLeft!.Value.ShouldBeLessThanOrEqualTo(TimeSpan.Zero);

        cable.Plug();
        await Eventually.HoldsAsync(() => Task.FromResult(remote.Lost is null), "it is back");
        remote.Machines.Find("m1")!.Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task Destroy_HostLost_IsGivenUpAndUnknownWhenItIsBack()
    {
        await using var host = await HostOfHouse.StartAsync();
        await using var cable = await host.CableAsync();
        var remote = await host.HearAsync(port: cable.Port);
        await remote.Machines.ProvisionAsync(new ProvisionRequest("m1", "vm1", Image), null, Token);
        cable.Pull();
        await Eventually.HoldsAsync(() => Task.FromResult(remote.Lost is not null), "it is lost");

        await remote.Machines.DestroyAsync("m1");

        remote.Machines.Find("m1").ShouldBeNull();
        cable.Plug();
        // Whoever compares what is with what should be finds it.
        await Eventually.HoldsAsync(() => Task.FromResult(remote.Machines.Find("m1") is not null), "it is there again");
    }

    [Fact]
    public async Task Call_OfAnOlderTerm_IsNotDoneAnyMore()
    {
        await using var host = await HostOfHouse.StartAsync();
        var old = await host.HearAsync(term: 1);
        var current = await host.HearAsync(term: 2);

        (await old.Machines.ProvisionAsync(new ProvisionRequest("m1", "vm1", Image), null, Token)).Fault!.Code.ShouldBe(ErrorCode.TermOver);
        (await current.Machines.ProvisionAsync(new ProvisionRequest("m1", "vm1", Image), null, Token)).Fault.ShouldBeNull();

        // Nor after the host was started again.
        await host.RestartAsync();
        await Eventually.HoldsAsync(async () => (await old.Machines.StopAsync("m1", TimeSpan.Zero)).Fault!.Code == ErrorCode.TermOver, "it is refused again");
    }

    [Fact]
    public async Task Provision_NewTermMeanwhile_IsGivenUp()
    {
        await using var host = await HostOfHouse.StartAsync();
        var given = new TaskCompletionSource();
        host.Machines.OnProvision = async (_, token) =>
        {
            using var noted = token.Register(given.SetResult);
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        var old = await host.HearAsync(term: 1);
        var making = old.Machines.ProvisionAsync(new ProvisionRequest("m1", "vm1", Image), null, Token);
        await Eventually.HoldsAsync(() => Task.FromResult(!host.Machines.Provisioned.IsEmpty), "the host makes it");

        await host.HearAsync(term: 2);

        await given.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        (await making).Fault!.Code.ShouldBe(ErrorCode.HostUnreachable);
    }

    [Fact]
    public void Renew_AnswersNeverHeard_DoesNotHold()
    {
        var lease = new HostLease(TimeProvider.System);

        for (var number = 0; number < 5; number++) lease.Renew(new LeaseAsked(TimeSpan.FromMinutes(1), 0));

        lease.Left.ShouldBeNull();
    }

    [Fact]
    public void Renew_AnswerHeard_HoldsFromThatAnswer()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var lease = new HostLease(time);
        var first = lease.Renew(new LeaseAsked(TimeSpan.FromSeconds(12), 0));
        time.Advance(TimeSpan.FromSeconds(5));

        var second = lease.Renew(new LeaseAsked(TimeSpan.FromSeconds(12), first));
        lease.Left.ShouldBe(TimeSpan.FromSeconds(7));

        // The second answer was lost: the same is said again, and holds no longer for that.
        time.Advance(TimeSpan.FromSeconds(3));
        lease.Renew(new LeaseAsked(TimeSpan.FromSeconds(12), first));
        lease.Left.ShouldBe(TimeSpan.FromSeconds(4));
        lease.Renew(new LeaseAsked(TimeSpan.FromSeconds(12), second));
        lease.Left.ShouldBe(TimeSpan.FromSeconds(9));
    }
}
