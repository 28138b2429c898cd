using Mayfly.Contracts;
using Mayfly.HostKit;
using Mayfly.Remote.Calling;
using Mayfly.Remote.Trust;

namespace Mayfly.Remote.Tests;

public sealed class JoinTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Join_TokenOfTheHost_BelongsToTheHouse()
    {
        await using var host = await HostOfHouse.StartAsync(join: false);
        JoinToken.TryParse(host.Token.ToString(), out var token).ShouldBeTrue();

        var joined = await HostOfHouse.JoinAsync(token, host.Authority);

        joined.Fault.ShouldBeNull();
        host.Identity.Name.ShouldBe("h1");
        (await host.HearAsync()).Lost.ShouldBeNull();
    }

    [Fact]
    public async Task Join_UsedToken_IsRefused()
    {
        await using var host = await HostOfHouse.StartAsync(join: false);
        var token = host.Token;
        await HostOfHouse.JoinAsync(token, host.Authority);
        using var other = HouseAuthority.Create(TimeProvider.System);

        var again = await HostOfHouse.JoinAsync(token, other);

        // It does not even show the certificate any more by which the token knows it.
        again.Fault!.Code.ShouldBe(ErrorCode.HostUntrusted);
        host.Identity.Name.ShouldBe("h1");
    }

    [Fact]
    public async Task Join_WrongSecret_IsRefused()
    {
        await using var host = await HostOfHouse.StartAsync(join: false);

        var joined = await HostOfHouse.JoinAsync(host.Token with { Secret = new string('0', 64) }, host.Authority);

        joined.Fault!.Code.ShouldBe(ErrorCode.HostUntrusted);
        host.Identity.Joined.ShouldBeFalse();
    }

    [Fact]
    public async Task Join_AnotherAnswersAtTheAddress_GetsNoSecret()
    {
        await using var host = await HostOfHouse.StartAsync(join: false);

        var joined = await HostOfHouse.JoinAsync(host.Token with { Fingerprint = new string('A', 64) }, host.Authority);

        joined.Fault!.Code.ShouldBe(ErrorCode.HostUntrusted);
    }

    [Fact]
    public async Task Dial_ServerOfAnotherHouse_IsNotLetIn()
    {
        await using var host = await HostOfHouse.StartAsync();
        using var other = HouseAuthority.Create(TimeProvider.System);

        var stranger = host.Dial(authority: other);

        (await stranger.Machines.StopAsync("m1", TimeSpan.Zero)).Fault!.Code.ShouldBe(ErrorCode.HostUntrusted);
    }

    [Fact]
    public async Task Dial_AnotherHostOfTheHouseAtItsAddress_IsNotTakenForIt()
    {
        await using var host = await HostOfHouse.StartAsync();

        var wrong = host.Dial(name: "h2");

        (await wrong.Machines.StopAsync("m1", TimeSpan.Zero)).Fault!.Code.ShouldBe(ErrorCode.HostUntrusted);
    }

    [Fact]
    public async Task Dial_HostWithoutCertificateOfAServer_IsAnsweredNothing()
    {
        await using var host = await HostOfHouse.StartAsync();
        using var wire = new HostWire("first", host.Token.Uri, () => HouseMember.ConnectTo(host.Token with { Fingerprint = host.Identity.Shown.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256) }), term: 1);

        var asked = await wire.AskAsync(Wire.MachineCalls.Examine, Done.Yes, Token);

        asked.Fault!.Code.ShouldBe(ErrorCode.HostUntrusted);
    }

    [Fact]
    public async Task Identity_Reopened_IsTheSameMember()
    {
        await using var host = await HostOfHouse.StartAsync();

        await host.RestartAsync();

        host.Identity.Name.ShouldBe("h1");
        (await host.HearAsync()).Lost.ShouldBeNull();
    }

    [Fact]
    public void Authority_ExportedAndImported_SignsTheSame()
    {
        using var first = HouseAuthority.Create(TimeProvider.System);
        using var again = HouseAuthority.Import(first.Export(), TimeProvider.System);
        using var server = again.MakeServer();

        PeerCheck.Holds(server, PeerCheck.Read(first.Certificate), PeerCheck.Server, "server", TimeProvider.System).ShouldBeTrue();
        PeerCheck.Holds(server, PeerCheck.Read(first.Certificate), PeerCheck.Host, "server", TimeProvider.System).ShouldBeFalse();
    }

    [Fact]
    public async Task Leave_Member_BelongsToNoHouse()
    {
        await using var host = await HostOfHouse.StartAsync();
        var remote = await host.HearAsync();

        (await remote.LeaveAsync(Token)).Fault.ShouldBeNull();

        (await remote.Machines.StopAsync("m1", TimeSpan.Zero)).Fault.ShouldNotBeNull();
        await host.RestartAsync();
        (await HostOfHouse.JoinAsync(host.Token, host.Authority)).Fault.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Join_AnotherHouse_HearsItsTermsFromTheirBeginning(bool asksToLeave)
    {
        await using var host = await HostOfHouse.StartAsync();
        var before = await host.HearAsync(term: 1_000_000);
        if (asksToLeave) (await before.LeaveAsync(Token)).Fault.ShouldBeNull();
        else host.ForgetHouse();
        await host.RestartAsync();
        using var another = HouseAuthority.Create(TimeProvider.System);

        (await HostOfHouse.JoinAsync(host.Token, another)).Fault.ShouldBeNull();

        await host.Dial(term: 1, authority: another).Heard.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://h:1/?key=0&secret=0")]
    [InlineData("mayfly-host://h/?key=0&secret=0")]
    [InlineData("mayfly-host://h:8008/?secret=00000000000000000000000000")]
    public void TryParse_NoToken_IsFalse(string? text) => JoinToken.TryParse(text, out _).ShouldBeFalse();
}
