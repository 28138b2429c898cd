using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Mayfly.Contracts.Api;

namespace Mayfly.Server.Tests.Displays;

public sealed class ViewerTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task Viewer_GoodPassword_IsRelayedBothWaysAndThePasswordIsUsedUp()
    {
        await using var daemon = await StartAsync();
        var (ann, session) = await OpenAsync(daemon);
        var file = await FileAsync(ann, session);
        file["type"].ShouldBe("vnc");
        file["host"].ShouldBe("127.0.0.1");
        file["delete-this-file"].ShouldBe("1");
        file["title"].ShouldBe(session.Machine);

        using var viewer = await EnterAsync(daemon, file);
        (await viewer.PresentAsync(file["password"])).ShouldBeNull();
        await viewer.Stream.WriteAsync(new byte[] { 1 });
        Encoding.ASCII.GetString(await viewer.TakeAsync(5)).ShouldBe("hello");
        await viewer.Stream.WriteAsync("world"u8.ToArray());
        Encoding.ASCII.GetString(await viewer.TakeAsync(5)).ShouldBe("WORLD");

        using var again = await EnterAsync(daemon, file);
        (await again.PresentAsync(file["password"])).ShouldBe("The display ticket is not good.");
        await again.EndsAsync(60);
    }

    [Fact]
    public async Task Viewer_WithACertificate_IsEncrypted()
    {
        using var directory = new Mayfly.TestKit.TemporaryDirectory();
        var certificate = MakeCertificate(directory.Root);
        await using var daemon = await StartAsync(certificate);
        var (ann, session) = await OpenAsync(daemon);
        var file = await FileAsync(ann, session);
        file["ca"].ShouldStartWith("-----BEGIN CERTIFICATE-----\\n");

        using var viewer = await EnterAsync(daemon, file);

        viewer.Stream.ShouldBeOfType<System.Net.Security.SslStream>();
        (await viewer.PresentAsync(file["password"])).ShouldBeNull();
        await viewer.Stream.WriteAsync(new byte[] { 1 });
        Encoding.ASCII.GetString(await viewer.TakeAsync(5)).ShouldBe("hello");
    }

    [Fact]
    public async Task Viewer_WithACertificateButAskingForNoEncryption_IsClosed()
    {
        using var directory = new Mayfly.TestKit.TemporaryDirectory();
        await using var daemon = await StartAsync(MakeCertificate(directory.Root));
        using var viewer = await VncGuest.ConnectAsync(daemon.Viewers!);
        await viewer.TakeAsync(12);
        await viewer.Stream.WriteAsync("RFB 003.008\n"u8.ToArray());
        (await viewer.TakeAsync(2)).ShouldBe([1, 19]);
        await viewer.Stream.WriteAsync(new byte[] { 2 });
        await viewer.EndsAsync(60);
    }

    [Fact]
    public async Task Viewer_LoggedOff_Closes()
    {
        await using var daemon = await StartAsync();
        var (ann, session) = await OpenAsync(daemon);
        var file = await FileAsync(ann, session);
        var unused = await FileAsync(ann, session);
        using var viewer = await EnterAsync(daemon, file);
        (await viewer.PresentAsync(file["password"])).ShouldBeNull();

        (await ann.Client.DeleteAsync($"/api/v1/sessions/{session.Id}")).EnsureSuccessStatusCode();

        await viewer.EndsAsync(60);
        using var late = await EnterAsync(daemon, unused);
        (await late.PresentAsync(unused["password"])).ShouldNotBeNull();
    }

    [Fact]
    public async Task Viewer_SignedOut_ClosesAndUnusedFilesAreVoid()
    {
        await using var daemon = await StartAsync();
        var (ann, session) = await OpenAsync(daemon);
        var (file, unused) = (await FileAsync(ann, session), await FileAsync(ann, session));
        using var viewer = await EnterAsync(daemon, file);
        (await viewer.PresentAsync(file["password"])).ShouldBeNull();

        await ann.Client.PostAsync("/api/v1/logout", null);

        await viewer.EndsAsync(60);
        using var late = await EnterAsync(daemon, unused);
        (await late.PresentAsync(unused["password"])).ShouldNotBeNull();
    }

    [Fact]
    public async Task Viewer_OldOrMadeUpPassword_IsRefused()
    {
        await using var daemon = await StartAsync();
        var (ann, session) = await OpenAsync(daemon);
        var file = await FileAsync(ann, session);
        using (var guess = await EnterAsync(daemon, file)) (await guess.PresentAsync("guessed-")).ShouldNotBeNull();
        using (var near = await EnterAsync(daemon, file)) (await near.PresentAsync(file["password"][..7])).ShouldNotBeNull();
        daemon.Time.Advance(TimeSpan.FromSeconds(61));
        using var late = await EnterAsync(daemon, file);
        (await late.PresentAsync(file["password"])).ShouldNotBeNull();
    }

    [Fact]
    public async Task File_ForAnotherUsersSessionOrTooMany_IsRefused()
    {
        await using var daemon = await StartAsync();
        var (ann, session) = await OpenAsync(daemon);
        var eve = await daemon.SignInAsync("eve");
        (await eve.Client.PostAsync($"/api/v1/sessions/{session.Id}/viewer", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        for (var i = 0; i < 4; i++) await FileAsync(ann, session);
        (await ann.Client.PostAsync($"/api/v1/sessions/{session.Id}/viewer", null)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task File_WithoutAListener_SaysHowToTurnItOn()
    {
        await using var daemon = await Daemon.StartAsync();
        var (ann, session) = await OpenAsync(daemon);
        var answer = await ann.Client.PostAsync($"/api/v1/sessions/{session.Id}/viewer", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("--viewer-listen");
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("RFB 003.003\n")]
    [InlineData("RFB 003.008\n\u0001")]
    [InlineData("RFB 003.008\n\u0013")]
    [InlineData("\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000")]
    public async Task Viewer_ThatSpeaksSomethingElse_IsClosedAndOthersAreServed(string said)
    {
        await using var daemon = await StartAsync();
        using var stranger = await VncGuest.ConnectAsync(daemon.Viewers!);
        await stranger.Stream.WriteAsync(Encoding.Latin1.GetBytes(said));
        await stranger.EndsAsync(60);
        var (ann, session) = await OpenAsync(daemon);
        var file = await FileAsync(ann, session);
        using var viewer = await EnterAsync(daemon, file);
        (await viewer.PresentAsync(file["password"])).ShouldBeNull();
    }

    [Fact]
    public async Task Viewer_TooOftenFromOneAddress_IsTurnedAway()
    {
        await using var daemon = await StartAsync();
        var refused = 0;
        for (var i = 0; i < 40; i++)
        {
            using var stranger = await VncGuest.ConnectAsync(daemon.Viewers!);
            try
            {
                await stranger.TakeAsync(12);
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                refused++;
            }
        }

        refused.ShouldBeGreaterThanOrEqualTo(8);
    }

    [Fact]
    public async Task Logs_AfterAViewer_HoldNoPassword()
    {
        await using var daemon = await StartAsync();
        var (ann, session) = await OpenAsync(daemon);
        var file = await FileAsync(ann, session);
        using (var viewer = await EnterAsync(daemon, file)) await viewer.PresentAsync(file["password"]);
        string.Join('\n', daemon.Logs).ShouldNotContain(file["password"]);
    }

    private static Task<Daemon> StartAsync(string? certificate = null) =>
        Daemon.StartAsync(null, options => options with { ViewerListen = AnyPort, ViewerCertificate = certificate });

    /// <summary>A session on a screen that says "hello" to a viewer and gives back what it says in capitals.</summary>
    private static async Task<(Daemon.Browser Ann, SessionView Session)> OpenAsync(Daemon daemon)
    {
        FakeScreen.Play(daemon, async stream =>
        {
            (await FakeScreen.TakeAsync(stream, 1)).ShouldBe([1]);
            await stream.WriteAsync("hello"u8.ToArray());
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(await FakeScreen.TakeAsync(stream, 5)).ToUpperInvariant()));
            await FakeScreen.TakeAsync(stream, 1);
        });
        var ann = await daemon.SignInAsync("ann");
        return (ann, await daemon.OpenAsync(ann, "ann"));
    }

    private static async Task<Dictionary<string, string>> FileAsync(Daemon.Browser browser, SessionView session)
    {
        var answer = await browser.Client.PostAsync($"/api/v1/sessions/{session.Id}/viewer", null);
        answer.EnsureSuccessStatusCode().Content.Headers.ContentType!.MediaType.ShouldBe("application/x-virt-viewer");
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("[virt-viewer]");
        return lines.Skip(1).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    private static async Task<VncGuest> EnterAsync(Daemon daemon, Dictionary<string, string> file)
    {
        file["port"].ShouldBe($"{daemon.Viewers!.Port}");
        var viewer = await VncGuest.ConnectAsync(daemon.Viewers);
        await viewer.BeginAsync();
        return viewer;
    }

    private static string MakeCertificate(string directory)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=mayfly-test", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var path = Path.Combine(directory, "viewer.pem");
        File.WriteAllText(path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return path;
    }
}
