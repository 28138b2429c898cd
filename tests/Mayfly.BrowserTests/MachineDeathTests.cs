namespace Mayfly.BrowserTests;

public sealed class MachineDeathTests(TestHouse house) : Journey(house)
{
    [Fact]
    public async Task Kill_OfTheMachineOnDisplay_TellsTheUserAndANewOneOpens()
    {
        var pool = await AddPoolAsync("micro");
        var ann = await WelcomeAsync("ann", pool);
        await ann.OpenAsync(pool);
        var machine = await MachineOfAsync(ann);

        Signals.Kill(machine.ProcessId!.Value);

        await Expect(ann.Portal.Notice).ToContainTextAsync("Your session has ended and its desktop is gone.");
        await ann.SnapAsync("ended");
        await ann.OpenAsync(pool);
        (await MachineOfAsync(ann)).Id.ShouldNotBe(machine.Id);
        var events = await Api.EventsAsync();
        events.ShouldContain(seen => seen.Kind == "machine.exited" && seen.Machine == machine.Name && seen.Message.Contains("SIGKILL"));
    }
}
