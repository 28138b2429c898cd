using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Hosts;
using Mayfly.HostKit;
using Mayfly.Remote.Trust;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Hosts;

/// <summary>The authority of the house is exchanged while its hosts are asked for machines.</summary>
public sealed class AuthorityTests : HouseTestBase, IAsyncLifetime
{
    private static readonly FleetOptions Fleet = new(OwnRuns: false) { Lease = HostOfHouse.Lease, Tend = TimeSpan.FromMilliseconds(200) };

    private House _house = null!;
    private HostOfHouse _first = null!;
    private HostOfHouse _second = null!;
    private Cable _cable = null!;

    public async ValueTask InitializeAsync()
    {
        (_first, _second) = (await HostOfHouse.StartAsync(join: false), await HostOfHouse.StartAsync(join: false));
        _cable = await _second.CableAsync();
        _house = await StartAsync(hosts: Fleet);
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        await _cable.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        Dispose();
    }

    [Fact]
    public async Task Begin_HouseWithoutHosts_IsNotFound() => (await Exchange.BeginAsync("test", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);

    [Fact]
    public async Task Begin_HostsInUse_AllShowAndTrustTheNewOneAlone()
    {
        await JoinAsync();
        var before = await FindAsync();
        await _house.AddPoolAsync("p", spare: 2, maximum: 4);
        await _house.AvailableAsync("p", 2);

        (await Exchange.BeginAsync("test", default)).Fault.ShouldBeNull();
        await Eventually.HoldsAsync(async () => (await FindAsync()).Exchange is null, "it is exchanged");

        var after = await FindAsync();
        after.Fingerprint.ShouldNotBe(before.Fingerprint);
        await TrustAloneAsync(after.Fingerprint);
        await HeardForALeaseAsync();
        _house.Get<HostFleet>().Remotes.ShouldAllBe(remote => remote.Lost == null);
        (await _house.EventKindsAsync()).ShouldNotContain("host.lost");
    }

    [Fact]
    public async Task Begin_OneIsExchangedAlready_IsRefused()
    {
        await JoinAsync();
        _cable.Pull();

        (await Exchange.BeginAsync("test", default)).Fault.ShouldBeNull();

        (await Exchange.BeginAsync("test", default)).Fault!.Code.ShouldBe(ErrorCode.Busy);
    }

    [Fact]
    public async Task Begin_HostIsLost_WaitsForItAndGoesOn()
    {
        await JoinAsync();
        _cable.Pull();
        await Eventually.HoldsAsync(() => Task.FromResult(_house.Get<HostFleet>().Remote("h2")!.Lost is not null), "it is lost");

        await Exchange.BeginAsync("test", default);
        await Eventually.HoldsAsync(async () => (await FindAsync()).Exchange is { WaitsFor: ["h2"] }, "only it is waited for");
        await HeardForALeaseAsync();
        (await FindAsync()).Exchange!.Step.ShouldBe(AuthorityExchangeStep.Announced);
        _cable.Plug();

        await Eventually.HoldsAsync(async () => (await FindAsync()).Exchange is null, "it is exchanged");
        await TrustAloneAsync((await FindAsync()).Fingerprint);
    }

    [Fact]
    public async Task Begin_ServerIsStartedAnewMeanwhile_GoesOn()
    {
        await JoinAsync();
        _cable.Pull();
        await Exchange.BeginAsync("test", default);
        await _house.DisposeAsync();

        _cable.Plug();
        _house = await StartAsync(hosts: Fleet);

        await Eventually.HoldsAsync(async () => (await FindAsync()).Exchange is null, "it is exchanged");
        _house.Get<HostFleet>().Remotes.ShouldAllBe(remote => remote.Lost == null);
    }

    private AuthorityExchange Exchange => _house.Get<AuthorityExchange>();

    private async Task<HouseAuthorityView> FindAsync() => (await Exchange.FindAsync(default)).Value;

    private Task TrustAloneAsync(string fingerprint) => Eventually.HoldsAsync(
        () => Task.FromResult(new[] { _first, _second }.All(host => host.Identity.Trust == new HostTrust(fingerprint, fingerprint))), "both trust the new one alone");

    private async Task JoinAsync()
    {
        (await _house.Get<HostBook>().AddAsync(new AddHostRequest(_first.Token.ToString(), "h1"), "test", default)).Fault.ShouldBeNull();
        (await _house.Get<HostBook>().AddAsync(new AddHostRequest((_second.Token with { Port = _cable.Port }).ToString(), "h2"), "test", default)).Fault.ShouldBeNull();
        await Eventually.HoldsAsync(() => Task.FromResult(_house.Get<HostFleet>().Remotes.All(remote => remote.Pulse is not null)), "both are heard");
    }

    // As long as it takes to lose a host that takes nothing from the server any more.
    private static Task HeardForALeaseAsync() => Task.Delay(HostOfHouse.Lease.Length + HostOfHouse.Lease.Margin + HostOfHouse.Lease.Beat);
}
