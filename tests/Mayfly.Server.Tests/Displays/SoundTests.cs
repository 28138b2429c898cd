using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Mayfly.Contracts.Api;

namespace Mayfly.Server.Tests.Displays;

public sealed class SoundTests
{
    private static readonly byte[] Granted = Answer(-259);
    private static readonly byte[] ScanCodes = Answer(-258);

    [Fact]
    public async Task Sound_OfAMachineThatPlays_ArrivesAsItIs()
    {
        await using var daemon = await Daemon.StartAsync();
        Play(daemon, async stream =>
        {
            await stream.WriteAsync((byte[])[255, 1, 0, 1, .. Samples(1, 2, 3, 4), 255, 1, 0, 0]);
            await FakeScreen.TakeAsync(stream, 1);
        });
        using var socket = await ConnectAsync(daemon);

        (await ReceiveAsync(socket)).ShouldBe([1, 0, 0, 0, 0x80, 0xbb, 0, 0, 2, 16, 0, 0]);
        (await ReceiveAsync(socket)).ShouldBe([2, 0, 0, 0, 1, 2, 3, 4]);
        (await ReceiveAsync(socket)).ShouldBe([3, 0, 0, 0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ticket_OfAMachineWithOrWithoutACard_SaysWhetherThereIsSound(bool card)
    {
        await using var daemon = await Daemon.StartAsync();
        daemon.Host.Sound = card;
        var browser = await daemon.SignInAsync("ann");
        var session = await daemon.OpenAsync(browser, "ann");
        using var local = daemon.Local();
        await SaysAsync(browser.Client, $"sessions/{session.Id}");
        await SaysAsync(local, $"machines/{session.Machine}");

        async Task SaysAsync(HttpClient client, string path)
        {
            var answer = await client.PostAsync($"/api/v1/{path}/display-ticket", null);
            (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<DisplayTicket>())!.Sound.ShouldBe(card);
        }
    }

    [Fact]
    public async Task Sound_OfAMachineWithoutACard_IsRefused()
    {
        await using var daemon = await Daemon.StartAsync();
        FakeScreen.Play(daemon, async stream =>
        {
            await GreetAsync(stream);
            await stream.WriteAsync(ScanCodes);
            await FakeScreen.TakeAsync(stream, 1);
        });
        (await RefusedAsync(daemon)).ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 1 })]
    [InlineData(new byte[] { 3, 0, 0, 0, 0, 0, 0, 4 })]
    [InlineData(new byte[] { 255, 1, 0, 3 })]
    [InlineData(new byte[] { 255, 1, 0, 2, 255, 255, 255, 255 })]
    [InlineData(new byte[] { 255, 1, 0, 2, 0, 0, 0, 3, 1, 2, 3 })]
    public async Task Sound_OfAQemuThatSaysSomethingElse_Closes(byte[] said)
    {
        await using var daemon = await Daemon.StartAsync();
        Play(daemon, async stream =>
        {
            await stream.WriteAsync(said);
            await FakeScreen.TakeAsync(stream, 1);
        });
        using var socket = await ConnectAsync(daemon);
        (await ReceiveAsync(socket))[0].ShouldBe((byte)1);
        (await socket.ReceiveAsync(new byte[100], default).WaitAsync(TimeSpan.FromSeconds(60))).MessageType.ShouldBe(WebSocketMessageType.Close);
    }

    [Fact]
    public async Task Sound_OfASlowBrowser_IsLeftOutAndMarked()
    {
        await using var daemon = await Daemon.StartAsync();
        const int Many = 1000;
        var (all, last) = (new TaskCompletionSource(), new TaskCompletionSource());
        Play(daemon, async stream =>
        {
            var chunk = new byte[8 + (64 * 1024)];
            byte[] head = [255, 1, 0, 2, 0, 1, 0, 0];
            head.CopyTo(chunk, 0);
            // Far more than fits on the way: the browser is never waited for.
            for (var i = 0; i < Many; i++) await stream.WriteAsync(chunk);
            all.SetResult();
            await last.Task;
            // The first of them may find no room either.
            while (true)
            {
                await stream.WriteAsync(Samples(1, 2, 3, 4));
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        });
        using var socket = await ConnectAsync(daemon);
        await all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        last.SetResult();

        (await ReceiveAsync(socket))[0].ShouldBe((byte)1);
        var received = new List<byte[]>();
        do received.Add(await ReceiveAsync(socket));
        while (received[^1].Length > 8);

        received.Count.ShouldBeInRange(2, Many);
        received.ShouldContain(message => message[1] == 1);
    }

    [Fact]
    public async Task Sound_LoggedOff_ClosesWithinFiveSeconds()
    {
        await using var daemon = await Daemon.StartAsync();
        Play(daemon, stream => FakeScreen.TakeAsync(stream, 1));
        var ann = await daemon.SignInAsync("ann");
        var session = await daemon.OpenAsync(ann, "ann");
        using var socket = await ConnectAsync(daemon, ann, session);
        await ReceiveAsync(socket);
        (await ann.Client.DeleteAsync($"/api/v1/sessions/{session.Id}")).EnsureSuccessStatusCode();
        (await socket.ReceiveAsync(new byte[100], default).WaitAsync(TimeSpan.FromSeconds(60))).MessageType.ShouldBe(WebSocketMessageType.Close);
    }

    private static void Play(Daemon daemon, Func<Stream, Task> script) => FakeScreen.Play(daemon, async stream =>
    {
        await GreetAsync(stream);
        await stream.WriteAsync((byte[])[.. Granted, .. ScanCodes]);
        (await FakeScreen.TakeAsync(stream, 14)).ShouldBe([255, 1, 0, 2, 3, 2, 0, 0, 0xbb, 0x80, 255, 1, 0, 0]);
        await script(stream);
    });

    /// <summary>The screen's size and name, then the encodings the client wants.</summary>
    private static async Task GreetAsync(Stream stream)
    {
        (await FakeScreen.TakeAsync(stream, 1)).ShouldBe([1]);
        await stream.WriteAsync((byte[])[5, 0, 3, 32, .. new byte[16], 0, 0, 0, 4, .. "QEMU"u8]);
        (await FakeScreen.TakeAsync(stream, 12)).ShouldBe([2, 0, 0, 2, 255, 255, 254, 254, 255, 255, 254, 253]);
    }

    private static byte[] Answer(int encoding)
    {
        var answer = new byte[16];
        answer[3] = 1;
        BinaryPrimitives.WriteInt32BigEndian(answer.AsSpan(12), encoding);
        return answer;
    }

    private static byte[] Samples(params byte[] bytes) => [255, 1, 0, 2, 0, 0, 0, (byte)bytes.Length, .. bytes];

    private static async Task<ClientWebSocket> ConnectAsync(Daemon daemon)
    {
        var ann = await daemon.SignInAsync("ann");
        return await ConnectAsync(daemon, ann, await daemon.OpenAsync(ann, "ann"));
    }

    private static async Task<ClientWebSocket> ConnectAsync(Daemon daemon, Daemon.Browser browser, SessionView session)
    {
        var socket = await SocketAsync(daemon, browser, session);
        await socket.ConnectAsync(new Uri($"ws://{daemon.Address.Authority}/api/v1/sound"), default);
        return socket;
    }

    private static async Task<HttpStatusCode> RefusedAsync(Daemon daemon)
    {
        var ann = await daemon.SignInAsync("ann");
        using var socket = await SocketAsync(daemon, ann, await daemon.OpenAsync(ann, "ann"));
        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://{daemon.Address.Authority}/api/v1/sound"), default));
        return socket.HttpStatusCode;
    }

    private static async Task<ClientWebSocket> SocketAsync(Daemon daemon, Daemon.Browser browser, SessionView session)
    {
        var answer = await browser.Client.PostAsync($"/api/v1/sessions/{session.Id}/display-ticket", null);
        var ticket = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<DisplayTicket>())!.Ticket;
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.Cookies = browser.Cookies;
        socket.Options.AddSubProtocol("binary");
        socket.Options.AddSubProtocol("ticket." + ticket);
        socket.Options.SetRequestHeader("Origin", daemon.Origin);
        return socket;
    }

    private static async Task<byte[]> ReceiveAsync(WebSocket socket, CancellationToken cancellationToken = default)
    {
        var buffer = new byte[1 << 20];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
            length += part.Count;
            if (part.EndOfMessage) return buffer[..length];
        }
    }
}
