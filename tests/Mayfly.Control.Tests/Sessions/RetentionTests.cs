using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Sessions;
using Mayfly.Control.Settings;

namespace Mayfly.Control.Tests.Sessions;

/// <summary>How long sessions are remembered.</summary>
public sealed class RetentionTests : HouseTestBase
{
    [Fact]
    public async Task Trim_SessionsThatEndedLongerAgoThanTheSettingsSay_GoAndOpenOnesStay()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 0, 3, "ann", "ben", "cem");
        var open = await house.OpenAsync("ann");
        await house.LogOffAsync(await house.OpenAsync("ben"));
        Time.Jump(TimeSpan.FromDays(20));
        var late = await house.OpenAsync("cem");
        await house.LogOffAsync(late);
        await house.Get<SessionRetention>().TrimAsync(default);
        (await IdsAsync()).Count.ShouldBe(3);
        (await house.Get<SettingsStore>().ChangeAsync(new HouseSettings { SessionDays = 19 }, "test", default)).Fault.ShouldBeNull();
        await house.Get<SessionRetention>().TrimAsync(default);
        (await IdsAsync()).ShouldBe([open.Id, late.Id], ignoreOrder: true);

        async Task<List<string>> IdsAsync() =>
            [.. (await house.Get<SessionReader>().ListAsync(new SessionFilter(PoolScope.House), null, 100, default)).Value.Items.Select(s => s.Id)];
    }
}
