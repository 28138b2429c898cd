using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Settings;
using Mayfly.Control.Users;
using OtpNet;

namespace Mayfly.Control.Tests.Users;

public sealed class SecondFactorTests : HouseTestBase
{
    private const string Password = "correct-horse";

    [Fact]
    public async Task SignIn_WithASecondFactor_AsksForACodeAndTakesEachOnce()
    {
        await using var house = await StartWithAnnAsync();
        var (secret, used, _) = await SetUpAsync(house);
        (await CheckAsync(house, null)).Fault!.Code.ShouldBe(ErrorCode.SecondFactorRequired);
        // The code that confirmed it is used up.
        (await CheckAsync(house, used)).Fault!.Code.ShouldBe(ErrorCode.SecondFactorRequired);
        Time.Jump(TimeSpan.FromSeconds(30));
        var next = Code(secret);
        (await CheckAsync(house, next)).Value.SecondFactor.ShouldBeTrue();
        (await CheckAsync(house, next)).Fault!.Code.ShouldBe(ErrorCode.SecondFactorRequired);
    }

    [Fact]
    public async Task SignIn_WithARecoveryCode_WorksOnceEach()
    {
        await using var house = await StartWithAnnAsync();
        var (_, _, codes) = await SetUpAsync(house);
        codes.Count.ShouldBe(10);
        (await CheckAsync(house, codes[3].ToUpperInvariant())).Fault.ShouldBeNull();
        (await CheckAsync(house, codes[3])).Fault!.Code.ShouldBe(ErrorCode.SecondFactorRequired);
        (await CheckAsync(house, codes[4])).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task SignIn_WithWrongCodes_IsPausedLikeWithWrongPasswords()
    {
        await using var house = await StartWithAnnAsync();
        await SetUpAsync(house);
        for (var attempt = 0; attempt < 5; attempt++) (await CheckAsync(house, "000000")).Fault!.Code.ShouldBe(ErrorCode.SecondFactorRequired);
        (await CheckAsync(house, "000000")).Fault!.Code.ShouldBe(ErrorCode.TooManyRequests);
    }

    [Fact]
    public async Task Confirm_WithAWrongCode_CountsForNothing()
    {
        await using var house = await StartWithAnnAsync();
        (await house.Get<SecondFactors>().BeginAsync("ann", default)).Value.QrSvg.ShouldStartWith("<svg");
        (await house.Get<SecondFactors>().ConfirmAsync("ann", "12345a", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        (await CheckAsync(house, null)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task House_ThatWantsOneForRoles_LetsThemDoNothingElseFirst()
    {
        await using var house = await StartWithAnnAsync();
        await house.Get<Control.Access.RoleBook>().GrantAsync(new GrantRoleRequest(Role.HelpDesk, "ann"), "test", default);
        await house.Get<SettingsStore>().ChangeAsync(new HouseSettings { SecondFactorForRoles = true }, "test", default);
        (await CheckAsync(house, null)).Value.SecondFactorDue.ShouldBeTrue();
        var (secret, _, _) = await SetUpAsync(house);
        Time.Jump(TimeSpan.FromSeconds(30));
        (await CheckAsync(house, Code(secret))).Value.SecondFactorDue.ShouldBeFalse();
    }

    [Fact]
    public async Task Remove_ByAnAdministrator_LetsTheUserInWithoutACode()
    {
        await using var house = await StartWithAnnAsync();
        await SetUpAsync(house);
        (await house.Get<SecondFactors>().BeginAsync("ann", default)).Fault!.Code.ShouldBe(ErrorCode.AlreadyExists);
        (await house.Get<SecondFactors>().RemoveAsync("ann", "boss", default)).Fault.ShouldBeNull();
        (await CheckAsync(house, null)).Fault.ShouldBeNull();
    }

    private string Code(string secret) => new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(Time.GetUtcNow().UtcDateTime);

    private async Task<(string Secret, string Used, IReadOnlyList<string> Codes)> SetUpAsync(House house)
    {
        var begun = (await house.Get<SecondFactors>().BeginAsync("ann", default)).Value;
        begun.Uri.ShouldContain(begun.Secret);
        var code = Code(begun.Secret);
        return (begun.Secret, code, (await house.Get<SecondFactors>().ConfirmAsync("ann", code, default)).Value.Codes);
    }

    private static Task<Outcome<SignedInUser>> CheckAsync(House house, string? code) =>
        house.Get<SignInDesk>().CheckAsync(new LoginRequest("ann", Password, code), default);

    private async Task<House> StartWithAnnAsync()
    {
        var house = await StartAsync();
        (await house.Get<UserDirectory>().AddAsync(new AddUserRequest("ann", null, Password), "test", default)).Fault.ShouldBeNull();
        return house;
    }
}
