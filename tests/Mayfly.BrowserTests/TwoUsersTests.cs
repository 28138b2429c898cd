using System.Net;
using System.Net.WebSockets;

namespace Mayfly.BrowserTests;

public sealed class TwoUsersTests(TestHouse house) : Journey(house)
{
    [Fact]
    public async Task Open_ByTwoUsersAtOnce_GivesTwoMachines()
    {
        var pool = await AddPoolAsync("micro", spare: 2);
        var (ann, bob) = (await WelcomeAsync("ann", pool), await WelcomeAsync("bob", pool));

        await Task.WhenAll(ann.OpenAsync(pool), bob.OpenAsync(pool));

        var (hers, his) = (await MachineOfAsync(ann), await MachineOfAsync(bob));
        his.Id.ShouldNotBe(hers.Id);
        await bob.Desktop.TypeAsync("touch /data/bob");
        await Clock.UntilAsync(async () => await Api.RunAsync(his.Name, "ls /data/bob") == "/data/bob", "bob's file on bob's machine", everyMs: Clock.GuestMs);
        (await Api.RunAsync(hers.Name, "ls /data/bob")).ShouldBe("");
    }

    [Fact]
    public async Task Portal_OfAUserWithoutEntitlement_ShowsNoCardAndOpensNothing()
    {
        var pool = await AddPoolAsync("micro");
        var bob = await WelcomeAsync("bob");

        await Expect(bob.Page.GetByTestId("no-desktops")).ToBeVisibleAsync();
        await Expect(bob.Portal.Cards).ToHaveCountAsync(0);
        await bob.Page.GotoAsync($"/open/{pool}");

        await Expect(bob.Page.GetByTestId("open-failed")).ToContainTextAsync("You may not use a desktop");
        await Expect(bob.Page.GetByTestId("problem-code")).ToHaveTextAsync("Forbidden");
        await bob.SnapAsync("refused");
    }

    [Fact]
    public async Task Portal_WhenAnEntitlementIsGiven_ShowsTheCardByItself()
    {
        var pool = await AddPoolAsync("micro");
        var bob = await WelcomeAsync("bob");
        await Expect(bob.Page.GetByTestId("no-desktops")).ToBeVisibleAsync();

        await Api.PutAsync($"pools/{pool}/entitlements/users/{bob.Name}");

        await Expect(bob.Portal.Card(pool)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task DisplayTicket_OfAnotherUserOrUsed_IsRefused()
    {
        var pool = await AddPoolAsync("micro");
        var (ann, bob) = (await WelcomeAsync("ann", pool), await WelcomeAsync("bob"));
        var session = await ann.Fetch.PostAsync<SessionView>($"desktops/{pool}/open");
        var ticket = await ann.Fetch.TicketAsync(session);

        (await bob.Fetch.OpenDisplayAsync(ticket)).ShouldBe(HttpStatusCode.Forbidden);
        (await ann.Fetch.OpenDisplayAsync(ticket)).ShouldBe(HttpStatusCode.Forbidden, "a ticket someone else tried is used up");
        var another = await ann.Fetch.TicketAsync(session);
        (await ann.Fetch.OpenDisplayAsync(another)).ShouldBe(HttpStatusCode.SwitchingProtocols);
        (await ann.Fetch.OpenDisplayAsync(another)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task DisplayTicket_AfterLogOff_IsRefusedAndTheOpenDisplayEnds()
    {
        var pool = await AddPoolAsync("micro");
        var ann = await WelcomeAsync("ann", pool);
        var session = await ann.Fetch.PostAsync<SessionView>($"desktops/{pool}/open");
        var (open, later) = (await ann.Fetch.TicketAsync(session), await ann.Fetch.TicketAsync(session));
        using var display = await ann.Fetch.ConnectDisplayAsync(open);

        await Api.DeleteAsync($"sessions/{session.Id}");

        (await ann.Fetch.OpenDisplayAsync(later)).ShouldBe(HttpStatusCode.Forbidden);
        (await Displays.DrainAsync(display)).ShouldBe(WebSocketCloseStatus.NormalClosure);
    }
}
