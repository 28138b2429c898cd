using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Settings;

namespace Mayfly.Control.Tests.Settings;

public sealed class SettingsTests : HouseTestBase
{
    [Fact]
    public async Task Change_Settings_HoldsOverARestartAndIsAnEventWithBothSides()
    {
        var first = await StartAsync();
        (await first.Get<SettingsStore>().ChangeAsync(new HouseSettings { EventDays = 30, SignInText = "Mind the gap." }, "boss", default)).Fault.ShouldBeNull();
        var row = await first.ReadAsync(context => context.Events.Single(e => e.Kind == EventKinds.SettingsChanged));
        row.Actor.ShouldBe("boss");
        row.Before!.ShouldContain("\"eventDays\":90");
        row.After!.ShouldContain("\"eventDays\":30");
        await first.DisposeAsync();
        await using var second = await StartAsync();
        (await second.Get<SettingsStore>().ReadAsync(default)).SignInText.ShouldBe("Mind the gap.");
    }

    [Theory]
    [InlineData("""{"signInIdleMinutes":4}""")]
    [InlineData("""{"signInLongestMinutes":100000}""")]
    [InlineData("""{"wrongPasswords":1}""")]
    [InlineData("""{"eventDays":0}""")]
    [InlineData("""{"sessionDays":0}""")]
    [InlineData("""{"syslog":{"host":"not a host","port":514,"transport":0}}""")]
    [InlineData("""{"syslog":{"host":"log.example","port":0,"transport":0}}""")]
    public async Task Change_OutOfRange_IsRefusedAndChangesNothing(string wanted)
    {
        await using var house = await StartAsync();
        var settings = System.Text.Json.JsonSerializer.Deserialize<HouseSettings>(wanted, System.Text.Json.JsonSerializerOptions.Web)!;
        (await house.Get<SettingsStore>().ChangeAsync(settings, "boss", default)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        (await house.Get<SettingsStore>().ReadAsync(default)).ShouldBe(new HouseSettings());
    }
}
