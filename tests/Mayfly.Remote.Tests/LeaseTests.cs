using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Engine;
using Mayfly.Engine.Attaching;
using Mayfly.HostKit;
using Mayfly.Remote.Calling;
using Mayfly.Remote.Serving;
using Mayfly.Remote.Trust;
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
        (await remote.Machines.ExamineAsync(Token)).Fault!.Code.ShouldBe(ErrorCode.HostUnreachable);
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LastCalls_ConnectionBreaks_AreAskedAgain(bool destroys)
    {
        await using var host = await HostOfHouse.StartAsync();
        await using var cable = await host.CableAsync();
        var remote = await host.HearAsync(port: cable.Port, lease: HostOfHouse.LongLease);
        await remote.Machines.ProvisionAsync(new ProvisionRequest("m1", "vm1", Image), null, Token);
        cable.Pull();
        var asking = destroys ? DestroyAsync() : remote.Machines.ReleaseAsync("m1", TimeSpan.Zero, Token);

        cable.Break();
        cable.Plug();
        (await asking.WaitAsync(TimeSpan.FromSeconds(20), Token)).Fault.ShouldBeNull();

        remote.Lost.ShouldBeNull();
        (host.Machines.Find("m1") is null).ShouldBe(destroys);

        async Task<Outcome<Done>> DestroyAsync()
        {
            await remote.Machines.DestroyAsync("m1");
            return Done.Yes;
        }
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Host_CutOff_LetsGoOfVolumesThatOthersReach(bool pulls)
    {
        await using var host = await HostOfHouse.StartAsync();
        await using var cable = await host.CableAsync();
        var remote = await host.HearAsync(port: cable.Port);
        remote.SharesVolumes = true;
        await remote.Machines.ProvisionAsync(new ProvisionRequest("m1", "vm1", Image), null, Token);
        await remote.Machines.ProvisionAsync(new ProvisionRequest("m2", "vm2", Image), null, Token);
        await remote.Machines.AttachAsync("m1", new Attachments([], new VolumeAttachment("v1", VolumeKind.Profile)), Token);
        if (!pulls) host.Machines.OnRelease = _ => throw new IOException("QEMU does not answer.");
        await Eventually.HoldsAsync(() => Task.FromResult(remote.LetsGo), "the host has been told to let go");

        cable.Pull();

        await Eventually.HoldsAsync(() => Task.FromResult(host.Machines.Find("m1")?.Attached.Volume is null), "it has let go");
        (host.Machines.Find("m1") is not null).ShouldBe(pulls);
        host.Machines.Find("m2").ShouldNotBeNull();
    }

    [Fact]
    public async Task Host_CutOff_LetsGoOfAVolumeThatWasJustBeingAttached()
    {
        await using var host = await HostOfHouse.StartAsync();
        await using var cable = await host.CableAsync();
        var remote = await host.HearAsync(port: cable.Port);
        remote.SharesVolumes = true;
        await remote.Machines.ProvisionAsync(new ProvisionRequest("m1", "vm1", Image), null, Token);
        await remote.Machines.AttachAsync("m1", new Attachments([], new VolumeAttachment("v1", VolumeKind.Profile)), Token);
        await Eventually.HoldsAsync(() => Task.FromResult(remote.LetsGo), "the host has been told to let go");
        cable.Pull();
        await Eventually.HoldsAsync(() => Task.FromResult(host.Machines.Find("m1")!.Attached.Volume is null), "it has let go");

        await host.Machines.AttachAsync("m1", new Attachments([], new VolumeAttachment("v1", VolumeKind.Profile)), Token);

        await Eventually.HoldsAsync(() => Task.FromResult(host.Machines.Find("m1")!.Attached.Volume is null), "it has let go of it again");
    }

    [Fact]
    public async Task Certificate_CanNotBeWritten_LeaseGoesOn()
    {
        await using var host = await HostOfHouse.StartAsync();
        using var next = HouseAuthority.Create(TimeProvider.System);
        var member = new HouseMember(new HouseTrust(host.Authority), 1, TimeProvider.System);
        var remote = host.Dial(member);
        await remote.Heard.WaitAsync(TimeSpan.FromSeconds(30), Token);
        host.BlockCertificate();

        member.Exchange(new HouseTrust(host.Authority, next));
        await Task.Delay(HostOfHouse.Lease.Length * 2, Token);

        remote.Lost.ShouldBeNull();
        host.LeaseLeft!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public void Renew_AnswersNeverHeard_DoesNotHold()
    {
        using var data = DataOfAHost();
        using var lease = new HostLease(data.Root, TimeProvider.System);

        for (var number = 0; number < 5; number++) lease.Renew(new LeaseAsked(TimeSpan.FromMinutes(1), 0));

        lease.Left.ShouldBeNull();
    }

    [Fact]
    public void Renew_AnswerHeard_HoldsFromThatAnswer()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var data = DataOfAHost();
        using var lease = new HostLease(data.Root, time);
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

    [Fact]
    public void Start_AfterALeaseThatFences_HasOneThatEnds()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var data = DataOfAHost();
        using (var before = new HostLease(data.Root, time)) before.Renew(new LeaseAsked(TimeSpan.FromSeconds(12), 0, Fence: true));
        using var lease = new HostLease(data.Root, time);
        var fenced = 0;
        lease.Fenced += () => fenced++;

        time.Advance(TimeSpan.FromSeconds(11));
        fenced.ShouldBe(0);
        time.Advance(TimeSpan.FromSeconds(1));

        fenced.ShouldBe(1);
    }

    private static TemporaryDirectory DataOfAHost()
    {
        var data = new TemporaryDirectory();
        Directory.CreateDirectory(Path.Combine(data.Root, "host"));
        return data;
    }
}
