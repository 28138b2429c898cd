using System.Net;

namespace Mayfly.BrowserTests;

public sealed class HelpDeskTests(TestHouse house) : Journey(house)
{
    [Fact]
    public async Task Person_WithAnOpenDesktop_IsFoundToldDisconnectedAndLoggedOff()
    {
        var pool = await AddPoolAsync("micro");
        var ann = await WelcomeAsync("ann", pool);
        await ann.OpenAsync(pool);
        var machine = await MachineOfAsync(ann);
        var desk = await WelcomeAsync("desk", Role.HelpDesk);
        await desk.Admin.FindPersonAsync(ann.Name);
        await SeesTheLogonAsync(desk, machine.Name);

        await desk.Admin.ActAsync(desk.Admin.Row("session", machine.Name), "Send message");
        await desk.Page.GetByTestId("session-message").FillAsync("Please save your work.");
        await desk.Admin.ConfirmAsync();
        var message = ann.Page.GetByTestId("session-message");
        await Expect(message).ToContainTextAsync("Please save your work.");
        await Expect(message).ToContainTextAsync(desk.Name);
        await ann.SnapAsync("message");
        await ann.Page.GetByTestId("session-message-close").ClickAsync();
        await Expect(message).ToHaveCountAsync(0);

        await desk.Admin.ActAsync(desk.Admin.Row("session", machine.Name), "Disconnect");
        await desk.Admin.ConfirmAsync();
        await Expect(ann.Desktop.ConnectionLost).ToBeVisibleAsync();
        await Expect(desk.Admin.Row("session-state", machine.Name)).ToHaveTextAsync("Disconnected");
        await ann.Page.GetByTestId("reconnect").ClickAsync();
        await ann.Desktop.AwaitShownAsync();
        (await MachineOfAsync(ann)).Id.ShouldBe(machine.Id);

        await desk.Admin.ActAsync(desk.Admin.Row("session", machine.Name), "Log off");
        await desk.Admin.ConfirmAsync();
        await Expect(ann.Portal.Notice).ToContainTextAsync("Your session has ended");
        await Expect(desk.Admin.Row("session-state", machine.Name)).ToHaveCountAsync(0);
        await Clock.UntilAsync(() => Task.FromResult(!Leftovers.Runs(machine.ProcessId!.Value)), "the end of the machine");
    }

    [Fact]
    public async Task HelpDesk_OfOnePool_SeesAndOperatesItsSessionsOnly()
    {
        var (mine, other) = (await AddPoolAsync("micro"), await AddPoolAsync("micro"));
        var (ann, bob) = (await WelcomeAsync("ann", mine), await WelcomeAsync("bob", other));
        var hers = await ann.Fetch.PostAsync<SessionView>($"desktops/{mine}/open");
        var his = await bob.Fetch.PostAsync<SessionView>($"desktops/{other}/open");
        var desk = await WelcomeAsync("desk", Role.HelpDesk, mine);

        await desk.Admin.GotoAsync("sessions");

        await Expect(desk.Admin.Row("session", hers.Machine)).ToBeVisibleAsync();
        await Expect(desk.Admin.Row("session", his.Machine)).ToHaveCountAsync(0);
        await desk.SnapAsync("sessions");
        Task<HttpStatusCode> SendAsync(SessionView session) => desk.Fetch.StatusAsync(HttpMethod.Post, $"sessions/{session.Id}/message", new SendMessageRequest("Hello"));
        (await SendAsync(his)).ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.NotFound);
        (await SendAsync(hers)).ShouldBe(HttpStatusCode.NoContent);
    }

    private static async Task SeesTheLogonAsync(Visitor desk, string machine)
    {
        await Expect(desk.Admin.Row("session-state", machine)).ToHaveTextAsync("Connected");
        var timeline = desk.Page.GetByTestId("person-logon").GetByTestId("logon-timeline");
        foreach (var step in new[] { "entitlement", "machine", "display", "first frame" }) await Expect(timeline).ToContainTextAsync(step);
        await desk.SnapAsync("person");
    }
}
