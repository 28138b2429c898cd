using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Mayfly.Agent.Native;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Preparing;

/// <summary>The first network card: its address on the wire, its address, its routes. Works while the link has no carrier yet.</summary>
internal static class NetworkCard
{
    private const string Folder = "/sys/class/net";
    private const string Ethernet = "1";
    private static string? _first;

    /// <summary>Makes the card's identity that of this machine and brings it up.</summary>
    internal static void Configure(GuestPaths paths, NetworkIdentity identity)
    {
        var mac = ParseMac(identity.Mac);
        var address = ParseAddress(identity.Address);
        if (identity.PrefixLength is < 1 or > 32)
            throw new ArgumentException("the network prefix is not 1 to 32 bits");
        var gateway = identity.Gateway is { } text ? ParseAddress(text) : (uint?)null;
        using var control = new InterfaceControl(First() ?? throw new InvalidOperationException("the guest has no network card"));
        // A copy of a running machine, which was not cleansed: it knows that one's network, and may be given the very same address.
        if (control.HasAddress())
            Silence(control);
        SetMac(control, mac);
        control.SetAddress(address);
        control.SetNetmask(NetmaskOf(identity.PrefixLength));
        if (gateway is { } router)
            control.AddDefaultRoute(router);
        ResolverFile.Write(paths, identity.Dns);
    }

    /// <summary>
    /// Takes from the card all it learnt in the parent; no card is no failure. The card is left up: its cable is out, and a fork that
    /// need not open it is ready sooner and writes less memory.
    /// </summary>
    internal static void Silence()
    {
        if (First() is not { } name)
            return;
        using var control = new InterfaceControl(name);
        Silence(control);
    }

    private static void Silence(InterfaceControl control)
    {
        control.SetAddress(0);
        // Down drops the neighbours, the routes and the addresses made from the parent's MAC.
        control.SetUp(false);
        control.SetUp(true);
    }

    /// <summary>Name of the first Ethernet interface, real devices before virtual ones; null when there is none. The parent's is its forks' too.</summary>
    internal static string? First() => _first is { } known && Libc.Access($"{Folder}/{known}", 0) == 0 ? known : _first = Find();

    private static string? Find() => !Directory.Exists(Folder) ? null : Directory.GetDirectories(Folder)
        .Where(card => ReadText(card, "type") == Ethernet)
        .OrderBy(card => Path.Exists(Path.Combine(card, "device")) ? 0 : 1)
        .ThenBy(card => int.TryParse(ReadText(card, "ifindex"), CultureInfo.InvariantCulture, out var index) ? index : int.MaxValue)
        .Select(Path.GetFileName)
        .FirstOrDefault();

    /// <summary>The card's present MAC address, as text.</summary>
    internal static string MacOf(string name) => ReadText(Path.Combine(Folder, name), "address");

    /// <summary>Six bytes of a colon-separated MAC address of one card.</summary>
    internal static byte[] ParseMac(string text)
    {
        var parts = text.Split(':');
        var bytes = new byte[6];
        for (var i = 0; i < bytes.Length; i++)
        {
            if (parts.Length != bytes.Length || parts[i].Length != 2 || !byte.TryParse(parts[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
                throw new ArgumentException("the MAC address is malformed");
        }
        return (bytes[0] & 1) == 0 ? bytes : throw new ArgumentException("the MAC address is a group address");
    }

    /// <summary>An IPv4 address in network byte order.</summary>
    internal static uint ParseAddress(string text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork
            ? BitConverter.ToUInt32(address.GetAddressBytes())
            : throw new ArgumentException("an address is not IPv4");

    /// <summary>Sets the address on the wire while the card is up, where its driver lets that be.</summary>
    private static void SetMac(InterfaceControl control, byte[] mac)
    {
        if (control.TrySetMac(mac))
        {
            control.SetUp(true);
            return;
        }

        control.SetUp(false);
        control.SetMac(mac);
        control.SetUp(true);
    }

    private static uint NetmaskOf(int prefixLength) => BitConverter.IsLittleEndian
        ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(uint.MaxValue << (32 - prefixLength))
        : uint.MaxValue << (32 - prefixLength);

    private static string ReadText(string folder, string file) => (SystemFile.Read(Path.Combine(folder, file)) ?? "").Trim();
}
