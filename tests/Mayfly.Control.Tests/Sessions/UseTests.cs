using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Sessions;
using Mayfly.Control.Settings;
using Mayfly.Control.Signals;
using Mayfly.Control.Users;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Sessions;

/// <summary>What is known of the use of a session: its steps, its client, its last input, and what that means for the sign-in.</summary>
public sealed class UseTests : SteppedHouse
{
    private static readonly string[] AllSteps = ["entitlement", "machine", "display", "first frame"];

    [Fact]
    public async Task Timeline_OpenedAndShown_HasEachStepOnceWithItsSeconds()
    {
        var making = new TaskCompletionSource<Fault?>();
        Host.OnProvision = (_, _) => making.Task;
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync("p", 0, 2, "ann");
        var opening = house.OpenAsync("ann");
        await Eventually.HoldsAsync(() => Task.FromResult(!Host.Provisioned.IsEmpty), "it is being made");
        Clock.Advance(TimeSpan.FromSeconds(3));
        making.SetResult(null);
        var session = await opening;
        var origin = new DisplayOrigin("192.0.2.1", SessionClient.Viewer, null, Clock.GetTimestamp());
        Clock.Advance(TimeSpan.FromSeconds(2));
        using var display = house.Get<SessionDisplays>().Hold(session.Id, origin, default);
        await house.Desk.DisplayAsync(session.Id, opened: true, display);
        Clock.Advance(TimeSpan.FromMilliseconds(250));
        (await house.Get<FirstFrames>().ShownAsync(session.Id, "ann", default)).Fault.ShouldBeNull();
        Clock.Advance(TimeSpan.FromSeconds(9));
        (await house.Get<FirstFrames>().ShownAsync(session.Id, "ann", default)).Fault.ShouldBeNull();
        var seen = (await house.Get<SessionReader>().FindAsync(session.Id, default)).Value;
        seen.Timeline.Select(step => step.Name).ShouldBe(AllSteps);
        seen.Timeline.Select(step => step.Seconds).ShouldBe([0, 3, 2, 0.25]);
        (seen.ClientAddress, seen.Client, seen.Connected, seen.DisconnectedAt).ShouldBe(("192.0.2.1", SessionClient.Viewer, true, null));
        await HideAsync(house, session, display);
        var hidden = (await house.Get<SessionReader>().FindAsync(session.Id, default)).Value;
        (hidden.Connected, hidden.DisconnectedAt).ShouldBe((false, Clock.GetUtcNow()));
    }

    [Fact]
    public async Task FirstFrame_OfSomebodyElseOrTooLateOrWithoutADisplay_CountsForNothing()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync("p", 1, 2, "ann");
        var session = await house.OpenAsync("ann");
        var frames = house.Get<FirstFrames>();
        (await frames.ShownAsync(session.Id, "eve", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        (await frames.ShownAsync("none", "eve", default)).Fault.ShouldBe((await frames.ShownAsync(session.Id, "eve", default)).Fault);
        await frames.ShownAsync(session.Id, "ann", default);
        Clock.Advance(TimeSpan.FromMinutes(11));
        using var display = await ShowAsync(house, session);
        await frames.ShownAsync(session.Id, "ann", default);
        (await RowAsync(house, session)).Timeline.ShouldNotContain(step => step.Name == "first frame");
    }

    [Fact]
    public async Task Input_Many_IsWrittenEveryHalfMinuteAndKeepsTheSignInAlive()
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync("p", 1, 2, "ann");
        var signIns = house.Get<SignIns>();
        var token = await signIns.BeginAsync("ann", null, null, default);
        var id = (await signIns.FindAsync(token, default))!.Value.SignInId;
        var session = await house.OpenAsync("ann");
        using var display = await ShowAsync(house, session, id);
        using var held = house.Get<Lifetimes>().Hold(Lifetimes.SignIn(id), default);
        var (begun, inputs) = (Clock.GetUtcNow(), house.Get<SessionInputs>());
        inputs.Note(display);
        await SeenAsync(begun);
        Clock.Advance(TimeSpan.FromSeconds(29));
        inputs.Note(display);
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await RowAsync(house, session)).LastInputAt.ShouldBe(begun);
        for (var hour = 0; hour < 12; hour++)
        {
            Clock.Advance(TimeSpan.FromHours(1));
            inputs.Note(display);
            await SeenAsync(Clock.GetUtcNow());
            await signIns.SweepAsync(default);
        }

        held.Token.IsCancellationRequested.ShouldBeFalse();
        (await signIns.FindAsync(token, default)).ShouldNotBeNull();

        Task SeenAsync(DateTimeOffset at) => Eventually.HoldsAsync(async () => (await RowAsync(house, session)).LastInputAt == at, $"input of {at} is written");
    }

    [Theory]
    [InlineData(480, 10)]
    [InlineData(5, 9)]
    public async Task Sweep_SignInOver_ClosesWhatWasOpenedWithIt(int longest, int minutes)
    {
        await using var house = await StartSteppedAsync();
        await house.AddPoolAsync("p", 1, 2, "ann", "ben");
        (await house.Get<SettingsStore>().ChangeAsync(new HouseSettings { SignInIdleMinutes = 10, SignInLongestMinutes = longest }, "test", default)).Fault.ShouldBeNull();
        var signIns = house.Get<SignIns>();
        var id = (await signIns.FindAsync(await signIns.BeginAsync("ann", null, null, default), default))!.Value.SignInId;
        using var held = house.Get<Lifetimes>().Hold(Lifetimes.SignIn(id), default);
        Clock.Advance(TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(1));
        // Another's sign-in takes nothing away unseen.
        await signIns.BeginAsync("ben", null, null, default);
        // By the minute's look at everything.
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.HoldsAsync(() => Task.FromResult(held.Token.IsCancellationRequested), "it is closed");
        (await house.ReadAsync(c => c.SignIns.Select(s => s.User).ToList())).ShouldBe(["ben"]);
    }
}
