using System.Net;

namespace Mayfly.BrowserTests;

public sealed class DisplayRefusalTests(TestHouse house) : Journey(house)
{
    [Fact]
    public async Task WebSockets_WithoutOrWithAForeignOrigin_AreRefused()
    {
        var pool = await AddPoolAsync("micro");
        var ann = await WelcomeAsync("ann", pool);
        var session = await ann.Fetch.PostAsync<SessionView>($"desktops/{pool}/open");

        var house = House.Address;
        string?[] origins = [null, "null", "http://elsewhere.test", $"https://{house.Authority}", $"http://{house.Host}"];
        foreach (var (what, origin) in from what in (string[])["display", "sound"] from origin in origins select (what, origin))
            (await ann.Fetch.OpenFromAsync(origin, what, await ann.Fetch.TicketAsync(session))).ShouldBe(HttpStatusCode.Forbidden, $"{what} from {origin ?? "nowhere"}");
        (await ann.Fetch.OpenDisplayAsync(await ann.Fetch.TicketAsync(session))).ShouldBe(HttpStatusCode.SwitchingProtocols, "what was refused took nothing from the session");
    }

    [Fact]
    public async Task DisplayTicket_OfASignInThatIsOver_IsRefusedAndItsOpenDisplayEnds()
    {
        var pool = await AddPoolAsync("micro");
        var ann = await WelcomeAsync("ann", pool);
        var session = await ann.Fetch.PostAsync<SessionView>($"desktops/{pool}/open");
        var (open, unused) = (await ann.Fetch.TicketAsync(session), await ann.Fetch.TicketAsync(session));
        using var display = await ann.Fetch.ConnectDisplayAsync(open);
        var stolen = await ann.Fetch.CookiesAsync();

        await ann.SignOutAsync();

        (await Displays.DrainAsync(display)).ShouldNotBeNull();
        (await ann.Fetch.OpenDisplayAsync(unused, stolen)).ShouldBe(HttpStatusCode.Unauthorized, "the sign-in is over, whoever kept its cookie");
        (await ann.Fetch.OpenDisplayAsync(unused)).ShouldBe(HttpStatusCode.Unauthorized, "nobody is signed in");
    }
}
