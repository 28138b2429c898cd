using System.Globalization;
using System.Net;
using Mayfly.Contracts.Agent;

namespace Mayfly.Engine.Networks;

/// <summary>
/// A machine's private network of eight addresses inside 10.64.0.0/10, by number. QEMU's user-mode network serves it:
/// .2 in the slot is the gateway, .3 the name server, .4 the guest.
/// </summary>
/// <param name="Number">0 to <see cref="Count"/> - 1.</param>
internal readonly record struct AddressSlot(int Number)
{
    /// <summary>Number of slots: 2^22 addresses of 8 each.</summary>
    public const int Count = 1 << 19;

    private const uint First = (10u << 24) | (64u << 16);
    private const int PrefixLength = 29;

    private string Gateway => Address(2);

    private string NameServer => Address(3);

    private string Guest => Address(4);

    /// <summary>The options of QEMU's user network.</summary>
    public string ToUserNetwork() =>
        string.Create(CultureInfo.InvariantCulture, $"ipv6=off,net={Address(0)}/{PrefixLength},host={Gateway},dns={NameServer},dhcpstart={Guest}");

    /// <summary>What the guest is told.</summary>
    public NetworkIdentity ToIdentity(string mac) => new(mac, Guest, PrefixLength, Gateway, [NameServer]);

    private string Address(int offset)
    {
        var value = First + ((uint)Number * 8) + (uint)offset;
        return new IPAddress([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]).ToString();
    }
}
