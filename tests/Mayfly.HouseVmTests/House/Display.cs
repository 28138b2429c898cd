using System.Net.WebSockets;
using System.Text;

namespace Mayfly.HouseVmTests.House;

/// <summary>Opens displays as the browser does: a one-use ticket, then a WebSocket.</summary>
internal static class Display
{
    private const int BannerLength = 12;

    /// <summary>What the machine's screen says first: the banner of its protocol.</summary>
    public static async Task<string> BannerAsync(Uri address, LocalApi user, SessionView session)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var ticket = await user.PostAsync<DisplayTicket>($"sessions/{session.Id}/display-ticket", new { });
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("binary");
        socket.Options.AddSubProtocol("ticket." + ticket.Ticket);
        socket.Options.SetRequestHeader("Origin", address.GetLeftPart(UriPartial.Authority));
        user.Authorize(socket.Options.SetRequestHeader);
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/api/v1/display" }.Uri, limit.Token);
        var banner = new byte[BannerLength];
        var length = 0;
        while (length < BannerLength) length += (await socket.ReceiveAsync(banner.AsMemory(length), limit.Token)).Count;
        return Encoding.ASCII.GetString(banner);
    }
}
