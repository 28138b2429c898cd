using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Settings;
using Mayfly.Control.Signals;
using Mayfly.Control.Users;

namespace Mayfly.Control.Tests.Users;

/// <summary>What becomes of sign-ins when something about their user changes.</summary>
public sealed class AccountTests : HouseTestBase
{
    private const string Password = "correct-horse";

    [Fact]
    public async Task Disable_SignedInUser_EndsSignInsTokensAndDisplaysAtOnce()
    {
        await using var house = await StartWithAnnAsync();
        var (cookie, token) = (await BeginAsync(house), (await house.Get<ApiTokens>().MakeAsync("ann", new MakeTokenRequest(), "test", default)).Value.Token);
        using var display = house.Get<Lifetimes>().Hold(Lifetimes.SignIn(Secrets.Hash(cookie)), default);
        using var viewer = house.Get<Lifetimes>().Hold(Lifetimes.User("ann"), default);
        (await house.Get<UserDirectory>().ChangeAsync("ann", new ChangeUserRequest(Enabled: false), "boss", default)).Value.Enabled.ShouldBeFalse();
        await Task.WhenAll(CancelledAsync(display.Token), CancelledAsync(viewer.Token)).WaitAsync(TimeSpan.FromSeconds(60));
        (await house.Get<SignIns>().FindAsync(cookie, default)).ShouldBeNull();
        (await house.Get<ApiTokens>().FindAsync(token, default)).ShouldBeNull();
        (await CheckAsync(house, Password)).Fault!.Code.ShouldBe(ErrorCode.Unauthenticated);
    }

    [Fact]
    public async Task MakeToken_OneTooMany_IsRefusedUntilOneIsRevoked()
    {
        await using var house = await StartWithAnnAsync();
        var tokens = house.Get<ApiTokens>();
        for (var number = 0; number < 100; number++) (await MakeAsync()).Fault.ShouldBeNull();

        (await MakeAsync()).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);

        (await tokens.RevokeAsync((await tokens.ListAsync("ann", default))[0].Id, "ann", "ann", default)).Fault.ShouldBeNull();
        (await MakeAsync()).Fault.ShouldBeNull();

        Task<Outcome<MadeToken>> MakeAsync() => tokens.MakeAsync("ann", new MakeTokenRequest(), "ann", default);
    }

    [Fact]
    public async Task ChangePassword_OfOneself_EndsTheOtherSignInsOnly()
    {
        await using var house = await StartWithAnnAsync();
        var (mine, other) = (await BeginAsync(house), await BeginAsync(house));
        var changed = await house.Get<Passwords>().ChangeAsync("ann", new ChangePasswordRequest(Password, "battery-staple"), Secrets.Hash(mine), 5, default);
        changed.Fault.ShouldBeNull();
        (await house.Get<SignIns>().FindAsync(mine, default)).ShouldNotBeNull();
        (await house.Get<SignIns>().FindAsync(other, default)).ShouldBeNull();
        (await CheckAsync(house, Password)).Fault!.Code.ShouldBe(ErrorCode.Unauthenticated);
        (await CheckAsync(house, "battery-staple")).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task ChangePassword_WithAWrongOne_IsRefusedAndCounted()
    {
        await using var house = await StartWithAnnAsync();
        for (var attempt = 0; attempt < 5; attempt++)
            (await house.Get<Passwords>().ChangeAsync("ann", new ChangePasswordRequest("wrong", "battery-staple"), null, 5, default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        (await house.Get<Passwords>().ChangeAsync("ann", new ChangePasswordRequest(Password, "battery-staple"), null, 5, default)).Fault!.Code.ShouldBe(ErrorCode.TooManyRequests);
    }

    [Fact]
    public async Task SetPassword_OfALockedUser_FreesThemAndIsAnEventWithoutThePassword()
    {
        await using var house = await StartWithAnnAsync();
        for (var attempt = 0; attempt < 6; attempt++) await CheckAsync(house, "wrong-password");
        var set = (await house.Get<Passwords>().SetAsync("ann", new SetPasswordRequest(), "boss", default)).Value;
        (await CheckAsync(house, set.GeneratedPassword!)).Fault.ShouldBeNull();
        var row = await house.ReadAsync(context => context.Events.Single(e => e.Kind == EventKinds.PasswordSet));
        (row.Actor, row.User).ShouldBe(("boss", "ann"));
        (row.Message + row.Before + row.After).ShouldNotContain(set.GeneratedPassword!);
    }

    [Theory]
    [InlineData(6, 60)]
    [InlineData(100, 10)]
    public async Task SignIn_PastTheHousesLimits_IsOver(int idleMinutes, int longestMinutes)
    {
        await using var house = await StartWithAnnAsync();
        (await house.Get<SettingsStore>().ChangeAsync(new HouseSettings { SignInIdleMinutes = idleMinutes, SignInLongestMinutes = longestMinutes }, "test", default)).Fault.ShouldBeNull();
        var cookie = await BeginAsync(house);
        Time.Jump(TimeSpan.FromMinutes(Math.Min(idleMinutes, longestMinutes) - 1));
        (await house.Get<SignIns>().FindAsync(cookie, default)).ShouldNotBeNull();
        Time.Jump(TimeSpan.FromMinutes(Math.Min(idleMinutes, longestMinutes) + 1));
        (await house.Get<SignIns>().FindAsync(cookie, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Token_PastItsDays_StandsForNobody()
    {
        await using var house = await StartWithAnnAsync();
        var made = (await house.Get<ApiTokens>().MakeAsync("ann", new MakeTokenRequest(Days: 2), "test", default)).Value;
        (await house.Get<ApiTokens>().FindAsync(made.Token, default)).ShouldNotBeNull();
        Time.Jump(TimeSpan.FromDays(2));
        (await house.Get<ApiTokens>().FindAsync(made.Token, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Remove_UserWithAMachine_IsRefusedAndTheySignInNoMore()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 3, "ann");
        await house.AvailableAsync("p", 1);
        var session = await house.OpenAsync("ann");
        (await house.Get<UserDirectory>().RemoveAsync("ann", "boss", default)).Fault!.Code.ShouldBe(ErrorCode.Busy);
        await house.LogOffAsync(session);
        (await house.Get<UserDirectory>().RemoveAsync("ann", "boss", default)).Fault.ShouldBeNull();
        (await house.Get<UserDirectory>().FindAsync("ann", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Theory]
    [InlineData("%", 0)]
    [InlineData("an", 1)]
    [InlineData("ANNA", 1)]
    [InlineData("_", 0)]
    public async Task List_Search_FindsPartsOfNamesAndNoPatterns(string search, int count)
    {
        await using var house = await StartAsync();
        await house.Get<UserDirectory>().AddAsync(new AddUserRequest("ann", "Anna"), "test", default);
        await house.Get<UserDirectory>().AddAsync(new AddUserRequest("bob"), "test", default);
        (await house.Get<UserDirectory>().ListAsync(search, null, 10, default)).Items.Count.ShouldBe(count);
    }

    [Fact]
    public async Task List_InParts_ShowsEachUserOnce()
    {
        await using var house = await StartAsync();
        foreach (var name in new[] { "a", "b", "c", "d", "e" }) await house.Get<UserDirectory>().AddAsync(new AddUserRequest(name), "test", default);
        var (seen, after) = (new List<string>(), (string?)null);
        do
        {
            var page = await house.Get<UserDirectory>().ListAsync(null, after, 2, default);
            page.Total.ShouldBe(5);
            seen.AddRange(page.Items.Select(user => user.Name));
            after = page.Next;
        }
        while (after is not null);
        seen.ShouldBe(["a", "b", "c", "d", "e"]);
    }

    private static Task<Outcome<SignedInUser>> CheckAsync(House house, string password) => house.Get<SignInDesk>().CheckAsync(new LoginRequest("ann", password), default);

    private static Task<string> BeginAsync(House house) => house.Get<SignIns>().BeginAsync("ann", "192.0.2.1", "test", default);

    private static Task CancelledAsync(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource();
        token.Register(cancelled.SetResult);
        return cancelled.Task;
    }

    private async Task<House> StartWithAnnAsync()
    {
        var house = await StartAsync();
        (await house.Get<UserDirectory>().AddAsync(new AddUserRequest("ann", null, Password), "test", default)).Fault.ShouldBeNull();
        return house;
    }
}
