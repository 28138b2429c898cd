using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Mayfly.Contracts.Api;
using Mayfly.TestKit;

namespace Mayfly.Server.Tests.Apps;

public sealed class AppApiTests : IAsyncLifetime
{
    private Daemon _daemon = null!;
    private HttpClient _local = null!;

    public async ValueTask InitializeAsync()
    {
        _daemon = await Daemon.StartAsync();
        _local = _daemon.Local();
    }

    public async ValueTask DisposeAsync()
    {
        _local.Dispose();
        await _daemon.DisposeAsync();
    }

    [Fact]
    public async Task Create_TwiceWithOneKey_IsOneAppAndItsTagHolds()
    {
        for (var time = 0; time < 2; time++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/apps") { Content = JsonContent.Create(new CreateAppRequest("writer")) };
            request.Headers.Add("Idempotency-Key", "one");
            (await _local.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        var first = await _local.GetAsync("/api/v1/apps/writer");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v1/apps/writer");
        again.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());
        (await _local.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await _local.GetFromJsonAsync<Page<AppView>>("/api/v1/apps?search=wri", Daemon.Json))!.Items.Single().Precedence.ShouldBe(500);
        (await _local.GetAsync("/api/v1/apps?limit=0")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("a.tar")]
    [InlineData("../a.tar")]
    [InlineData("")]
    public async Task Import_OfNoAbsolutePath_IsRefused(string path)
    {
        await AddAsync();
        (await _local.PostAsJsonAsync("/api/v1/apps/writer/packages", new ImportPackageRequest("2", path))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await _local.PostAsJsonAsync("/api/v1/volumes", new ImportVolumeRequest("ann", "debian-13", VolumeKind.Apps, path), Daemon.Json)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Export_OfAPackage_IsItsFile()
    {
        await AddAsync();
        var answer = await _local.GetAsync("/api/v1/apps/writer/packages/1/file");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("writer-1.squashfs");
        (await answer.Content.ReadAsStringAsync()).ShouldBe("hsqs");
        (await _local.GetAsync("/api/v1/apps/writer/packages/9/file")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Icon_OfAProgram_IsAPictureThatMayBeKept()
    {
        await AddAsync();
        var path = $"/api/v1/apps/writer/packages/1/programs/{FakePackageLibrary.Program}/icon";
        var answer = await _local.GetAsync(path);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        answer.Headers.CacheControl!.MaxAge.ShouldNotBeNull();
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.TryAddWithoutValidation("If-None-Match", answer.Headers.ETag!.ToString());
        (await _local.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await _local.GetAsync("/api/v1/apps/writer/packages/1/programs/..%2f..%2fetc/icon")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Capture_Ticket_OpensTheScreenOfItsMachineUntilItHasEnded()
    {
        await AddAsync();
        _daemon.Host.OnDisplay = _ => Task.FromResult<Stream>(new Duplex(new Pipe().Reader.AsStream(), new Pipe().Writer.AsStream()));
        var boss = await _daemon.SignInAsync("boss", administrator: true);
        var begun = await boss.Client.PostAsJsonAsync("/api/v1/captures", new BeginCaptureRequest("writer", "2", "micro"));
        begun.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var capture = (await begun.Content.ReadFromJsonAsync<CaptureView>(Daemon.Json))!;
        await Eventually.HoldsAsync(async () => (await CaptureAsync(capture.Id)).State == CaptureState.Open, "the capture is open", 60);
        using (var socket = await ConnectAsync(boss, await TicketAsync(boss, capture.Id))) socket.State.ShouldBe(WebSocketState.Open);
        var late = await TicketAsync(boss, capture.Id);
        (await boss.Client.DeleteAsync($"/api/v1/captures/{capture.Id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Should.ThrowAsync<WebSocketException>(() => ConnectAsync(boss, late));
        (await boss.Client.PostAsync($"/api/v1/captures/{capture.Id}/display-ticket", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        _daemon.Host.Machines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_WithTheVolumeInUse_SaysWhereAndOpensWithout()
    {
        var ann = await _daemon.SignInAsync("ann");
        foreach (var pool in new[] { "p", "q" })
        {
            (await _local.PostAsJsonAsync("/api/v1/pools", new CreatePoolRequest { Name = pool, Image = "micro", Spare = 1, Maximum = 2, Volume = VolumeKind.Profile }, Daemon.Json)).EnsureSuccessStatusCode();
            (await _local.PutAsync($"/api/v1/pools/{pool}/entitlements/users/ann", null)).EnsureSuccessStatusCode();
        }

        var session = (await (await ann.Client.PostAsync("/api/v1/desktops/p/open", null)).Content.ReadFromJsonAsync<SessionView>(Daemon.Json))!;
        session.Volume.ShouldNotBeNull();
        var refused = await ann.Client.PostAsync("/api/v1/desktops/q/open", null);
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("\"VolumeInUse\"");
        (await ann.Client.PostAsync("/api/v1/desktops/q/open?withoutVolume=true", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var volumes = (await _local.GetFromJsonAsync<Page<VolumeView>>("/api/v1/volumes?state=Attached", Daemon.Json))!;
        volumes.Items.Single().Machine.ShouldBe(session.Machine);
        (await _local.PostAsJsonAsync($"/api/v1/volumes/{session.Volume}/grow", new GrowVolumeRequest(16384))).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    private async Task<CaptureView> CaptureAsync(string id) => (await _local.GetFromJsonAsync<CaptureView>($"/api/v1/captures/{id}", Daemon.Json))!;

    private async Task AddAsync()
    {
        (await _local.PostAsJsonAsync("/api/v1/apps", new CreateAppRequest("writer"))).EnsureSuccessStatusCode();
        (await _local.PostAsJsonAsync("/api/v1/apps/writer/packages", new ImportPackageRequest("1", "/tmp/a.tar"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.HoldsAsync(async () => (await _local.GetAsync("/api/v1/apps/writer/packages/1")).IsSuccessStatusCode, "the package is there", 60);
    }

    private static async Task<string> TicketAsync(Daemon.Browser browser, string capture)
    {
        var answer = await browser.Client.PostAsync($"/api/v1/captures/{capture}/display-ticket", null);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<DisplayTicket>(Daemon.Json))!.Ticket;
    }

    private async Task<ClientWebSocket> ConnectAsync(Daemon.Browser browser, string ticket)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = browser.Cookies;
        socket.Options.SetRequestHeader("Origin", _daemon.Origin);
        socket.Options.AddSubProtocol("binary");
        socket.Options.AddSubProtocol("ticket." + ticket);
        await socket.ConnectAsync(new Uri($"ws://{_daemon.Address.Authority}/api/v1/display"), default);
        return socket;
    }
}
