using System.Net;
using System.Net.Sockets;

namespace Mayfly.HouseKit;

/// <summary>Ports of this host.</summary>
public static class Ports
{
    /// <summary>One that nobody has now, for a mayflyd that shall have the same over a restart.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
