using System.Net;
using System.Net.Sockets;

namespace Mayfly.Server.Auth;

/// <summary>By what limits of how often somebody may try are counted: who has one address of a network of version 6 has all of its /64.</summary>
internal static class Neighbourhood
{
    /// <summary>The same for all addresses that one stranger may have.</summary>
    public static string Of(IPAddress address) => address.IsIPv4MappedToIPv6 || address.AddressFamily == AddressFamily.InterNetwork
        ? address.MapToIPv4().ToString()
        : Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
}
