using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Users;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Users;

public sealed class UserTests
{
    [Fact]
    public async Task Check_GeneratedPassword_SignsIn()
    {
        using var directory = new TemporaryDirectory();
        await using var house = await House.StartAsync(directory.Root, new FakeMachineHost());
        var users = house.Get<UserDirectory>();
        var added = (await users.AddAsync(new AddUserRequest("ann"), "test", default)).Value;
        (await house.Get<SignInDesk>().CheckAsync(new LoginRequest("ann", added.GeneratedPassword!), default)).Fault.ShouldBeNull();
        (await house.Get<SignInDesk>().CheckAsync(new LoginRequest("ann", "wrong-password"), default)).Fault!.Code.ShouldBe(ErrorCode.Unauthenticated);
    }

    [Fact]
    public async Task Check_UnknownName_AnswersLikeAWrongPassword()
    {
        using var directory = new TemporaryDirectory();
        await using var house = await House.StartAsync(directory.Root, new FakeMachineHost());
        var users = house.Get<UserDirectory>();
        await users.AddAsync(new AddUserRequest("ann"), "test", default);
        for (var attempt = 0; attempt < 7; attempt++)
        {
            var known = await house.Get<SignInDesk>().CheckAsync(new LoginRequest("ann", "wrong-password"), default);
            var unknown = await house.Get<SignInDesk>().CheckAsync(new LoginRequest("nobody", "wrong-password"), default);
            unknown.Fault!.Code.ShouldBe(known.Fault!.Code);
        }
    }

    [Theory]
    [InlineData("Ann")]
    [InlineData("")]
    [InlineData("local")]
    [InlineData("a/b")]
    public async Task Add_BadName_IsRefused(string name)
    {
        using var directory = new TemporaryDirectory();
        await using var house = await House.StartAsync(directory.Root, new FakeMachineHost());
        (await house.Get<UserDirectory>().AddAsync(new AddUserRequest(name), "test", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    [Fact]
    public void Throttle_FiveFailures_LocksAndDoubles()
    {
        var time = new ManualTime();
        var throttle = new LoginThrottle(time);
        for (var i = 0; i < 4; i++) throttle.Failed("ann", 5).ShouldBeFalse();
        throttle.Failed("ann", 5).ShouldBeTrue();
        throttle.LockedFor("ann").ShouldBe(TimeSpan.FromSeconds(30));
        time.Advance(TimeSpan.FromSeconds(30));
        throttle.LockedFor("ann").ShouldBeNull();
        throttle.Failed("ann", 5).ShouldBeTrue();
        throttle.LockedFor("ann").ShouldBe(TimeSpan.FromSeconds(60));
        throttle.Succeeded("ann");
        throttle.LockedFor("ann").ShouldBeNull();
    }

    [Fact]
    public void MakePassword_Twice_IsReadableAndDiffers()
    {
        Secrets.MakePassword().ShouldMatch(@"\A([a-z2-9]{5}-){3}[a-z2-9]{5}\z");
        Secrets.MakePassword().ShouldNotBe(Secrets.MakePassword());
    }
}
