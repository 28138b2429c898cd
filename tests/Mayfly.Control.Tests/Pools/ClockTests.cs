using Mayfly.Contracts;
using Mayfly.Control.Events;
using Mayfly.Control.Pools;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Pools;

/// <summary>What a wall clock that jumps must not change.</summary>
public sealed class ClockTests : HouseTestBase
{
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Jump_PoolInUse_StillRefillsAndKeepsItsSessions(int hours)
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 3, "ann", "ben");
        var ann = await house.OpenAsync("ann");
        await house.AvailableAsync("p", 1);
        Time.Jump(TimeSpan.FromHours(hours));
        var ben = await house.OpenAsync("ben");
        await house.AvailableAsync("p", 1);
        await house.LogOffAsync(ben);
        (await house.OpenAsync("ann")).Id.ShouldBe(ann.Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Jump_DuringARest_DoesNotProlongIt(int hours)
    {
        var failures = 1;
        Host.OnProvision = (_, _) => Task.FromResult(Interlocked.Decrement(ref failures) >= 0 ? new Fault(ErrorCode.AgentSilent, "Silence.") : null);
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 3);
        await Eventually.HoldsAsync(async () => (await house.EventKindsAsync()).Contains(EventKinds.MachineFailed), "one has failed");
        Time.Jump(TimeSpan.FromHours(hours));
        await house.AvailableAsync("p", 1);
    }

    [Fact]
    public void Jump_Rest_IsCountedByTheMonotonicClock()
    {
        var health = new PoolHealth(Time, new Random(1));
        for (var i = 0; i < 3; i++) health.Failed("p", new Fault(ErrorCode.AgentSilent, "Silence."));
        var before = health.RestOf("p")!.Value;
        Time.Jump(TimeSpan.FromHours(-1));
        health.RestOf("p")!.Value.ShouldBeLessThanOrEqualTo(before);
        Time.Jump(TimeSpan.FromHours(2));
        health.RestOf("p").ShouldNotBeNull();
    }

    [Fact]
    public async Task Jump_Back_OpenStillEndsAtItsLimit()
    {
        await using var house = await StartAsync(o => o with { OpenWait = TimeSpan.FromMilliseconds(300) });
        Host.OnProvision = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return null;
        };
        await house.AddPoolAsync("p", 0, 3, "ann");
        var opening = house.Broker.OpenAsync("ann", "p", default);
        Time.Jump(TimeSpan.FromHours(-1));
        (await opening).Fault!.Code.ShouldBe(ErrorCode.PoolExhausted);
    }
}
