using System.Net;
using System.Net.Http.Json;
using Mayfly.Contracts.Api;
using Mayfly.Server.Hosting;

namespace Mayfly.Server.Tests;

/// <summary>A browser that comes by way of a reverse proxy, which speaks TLS with it.</summary>
public sealed class ProxyTests
{
    private const string PublicOrigin = "https://desktops.example.org";

    [Fact]
    public async Task Login_ByATrustedProxy_IsOfThePublicPageAndTheBrowsersAddress()
    {
        await using var daemon = await Daemon.StartAsync(change: options => options with { Proxies = [IPNetwork.Parse("127.0.0.0/8")] });
        using var answer = await LogInAsync(daemon, PublicOrigin, "203.0.113.7");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Cookie(answer).ShouldContain("secure");
        (await AddressAsync(daemon, answer)).ShouldBe("203.0.113.7");
    }

    [Fact]
    public async Task Login_AddressInventedByTheBrowser_IsNotTaken()
    {
        await using var daemon = await Daemon.StartAsync(change: options => options with { Proxies = [IPNetwork.Parse("127.0.0.1/32"), IPNetwork.Parse("10.0.0.5/32")] });
        using var answer = await LogInAsync(daemon, PublicOrigin, "198.51.100.1, 203.0.113.7, 10.0.0.5");
        (await AddressAsync(daemon, answer)).ShouldBe("203.0.113.7");
    }

    [Fact]
    public async Task Login_ProxyNotNamed_ItsWordIsNotTaken()
    {
        foreach (IPNetwork[] proxies in (IPNetwork[][])[[], [IPNetwork.Parse("10.0.0.0/8")]])
        {
            await using var daemon = await Daemon.StartAsync(change: options => options with { Proxies = proxies });
            using var foreign = await LogInAsync(daemon, PublicOrigin, "203.0.113.7");
            foreign.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            using var own = await LogInAsync(daemon, "http://desktops.example.org", "203.0.113.7");
            own.StatusCode.ShouldBe(HttpStatusCode.OK);
            Cookie(own).ShouldNotContain("secure");
            (await AddressAsync(daemon, own)).ShouldBe("127.0.0.1");
        }
    }

    [Fact]
    public void Read_Proxies_AreAddressesAndNetworks() => ServerOptions.Read(["--proxies", "127.0.0.1, ::1,10.1.2.0/24"], _ => null).Proxies
        .ShouldBe([IPNetwork.Parse("127.0.0.1/32"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("10.1.2.0/24")]);

    [Theory]
    [InlineData("proxy.example.org")]
    [InlineData("10.0.0.0/40")]
    public void Read_ProxyThatIsNoAddress_IsRefused(string proxy) =>
        Should.Throw<FormatException>(() => ServerOptions.Read([], name => name == "MAYFLY_PROXIES" ? proxy : null)).Message.ShouldContain(proxy);

    private static async Task<HttpResponseMessage> LogInAsync(Daemon daemon, string origin, string forwardedFor)
    {
        using var local = daemon.Local();
        await local.PostAsJsonAsync("/api/v1/users", new AddUserRequest("ann", null, "correct-horse", false));
        using var client = daemon.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/login") { Content = JsonContent.Create(new LoginRequest("ann", "correct-horse")) };
        request.Headers.Host = "desktops.example.org";
        request.Headers.Add("Origin", origin);
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        request.Headers.Add("X-Forwarded-Proto", "https");
        return await client.SendAsync(request);
    }

    private static string Cookie(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();

    /// <summary>Where the new sign-in is from, as its user sees it.</summary>
    private static async Task<string?> AddressAsync(Daemon daemon, HttpResponseMessage answer)
    {
        using var client = daemon.Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", Cookie(answer).Split(';')[0]);
        return (await client.GetFromJsonAsync<SignInView[]>("/api/v1/me/sign-ins", Daemon.Json))!.Single(signIn => signIn.Current).Address;
    }
}
