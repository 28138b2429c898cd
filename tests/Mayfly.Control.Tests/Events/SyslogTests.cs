using System.Net;
using System.Net.Sockets;
using System.Text;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Settings;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Events;

public sealed class SyslogTests : HouseTestBase
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void Message_OfHostileWords_StaysOneMessageWithItsFields()
    {
        var happened = new EventView(7, DateTimeOffset.UnixEpoch, "error", "machine.failed", "A\nB\r\0<1>1 forged\u2028 ü", "ann\"] [x@1 y=\"z\\", null, "p-1\n") { User = "bob" };
        var text = Encoding.UTF8.GetString(SyslogMessage.Of(happened, "ho st\n", SyslogMessage.Longest));
        text.ShouldStartWith("<107>1 1970-01-01T00:00:00.000Z host mayflyd ");
        text.ShouldContain("machine.failed [mayfly@32473 id=\"7\" actor=\"ann\\\"\\] [x@1 y=\\\"z\\\\\" user=\"bob\" machine=\"p-1 \"] \uFEFFA B  <1>1 forged  ü");
        text.ShouldNotContain('\n');
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    public void Message_TooLong_IsCutBetweenCharacters(int limit)
    {
        var happened = new EventView(7, DateTimeOffset.UnixEpoch, "info", "test.one", new string('ü', 5000), null, null, null);
        var bytes = SyslogMessage.Of(happened, "host", limit);
        bytes.Length.ShouldBeInRange(limit - 1, limit);
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Udp_Set_GetsWhatHappens()
    {
        await using var house = await StartAsync();
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await SendToAsync(house, ((IPEndPoint)server.Client.LocalEndPoint!).Port, SyslogTransport.Udp);
        await house.Get<EventLog>().RecordAsync(new HouseEvent("test.one", "Hello."), default);
        string text;
        do text = Encoding.UTF8.GetString((await server.ReceiveAsync().WaitAsync(Patience)).Buffer);
        while (!text.Contains("test.one", StringComparison.Ordinal));
        text.ShouldEndWith("\uFEFFHello.");
    }

    [Fact]
    public async Task Tcp_ServerThatClosesAndComesBack_GetsWhatHappensAfterwards()
    {
        await using var house = await StartAsync();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await SendToAsync(house, ((IPEndPoint)server.LocalEndpoint).Port, SyslogTransport.Tcp);
        using (var first = await server.AcceptTcpClientAsync().WaitAsync(Patience))
            (await FrameAsync(first.GetStream())).ShouldContain("settings.changed");
        var back = server.AcceptTcpClientAsync();
        // What is sent while the end of the first is still on its way goes with it.
        await Eventually.HoldsAsync(
            async () =>
            {
                await house.Get<EventLog>().RecordAsync(new HouseEvent("test.one", "Hello\nagain."), default);
                return back.IsCompleted;
            },
            "the server is connected to again");
        using var second = await back;
        (await FrameAsync(second.GetStream())).ShouldEndWith("Hello again.");
    }

    [Fact]
    public void Queue_Full_CountsWhatItDrops()
    {
        var queue = new SyslogQueue();
        for (var i = 0; i < SyslogQueue.Room + 3; i++) queue.Offer(new EventView(i, DateTimeOffset.UnixEpoch, "info", "test.one", "", null, null, null));
        queue.TakeDropped().ShouldBe(3);
        queue.TakeDropped().ShouldBe(0);
    }

    [Fact]
    public async Task Dropped_OnceTheServerAnswers_IsOneEvent()
    {
        await using var house = await StartAsync();
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await SendToAsync(house, ((IPEndPoint)server.Client.LocalEndPoint!).Port, SyslogTransport.Udp);
        var queue = house.Get<SyslogQueue>();
        Parallel.For(0, 200_000, i => queue.Offer(new EventView(i, DateTimeOffset.UnixEpoch, "info", "test.flood", "", null, null, null)));
        await Eventually.HoldsAsync(async () => (await house.EventKindsAsync()).Contains(EventKinds.SyslogDropped), "what was dropped is told");
    }

    private static async Task SendToAsync(House house, int port, SyslogTransport transport) =>
        (await house.Get<SettingsStore>().ChangeAsync(new HouseSettings { Syslog = new SyslogSettings("127.0.0.1", port, transport) }, "test", default)).Fault.ShouldBeNull();

    private static async Task<string> FrameAsync(Stream stream)
    {
        var length = "";
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one).AsTask().WaitAsync(Patience);
            if (one[0] == ' ') break;
            length += (char)one[0];
        }

        var message = new byte[int.Parse(length)];
        await stream.ReadExactlyAsync(message).AsTask().WaitAsync(Patience);
        return Encoding.UTF8.GetString(message);
    }
}
