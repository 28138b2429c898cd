using System.Text;
using Mayfly.Agent.Native;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Preparing;

/// <summary>The kernel's controls of one network interface.</summary>
internal sealed unsafe class InterfaceControl : IDisposable
{
    private const nuint GetFlags = 0x8913;
    private const nuint SetFlags = 0x8914;
    private const nuint GetInterfaceAddress = 0x8915;
    private const nuint SetInterfaceAddress = 0x8916;
    private const nuint SetInterfaceNetmask = 0x891c;
    private const nuint SetHardwareAddress = 0x8924;
    private const nuint AddRoute = 0x890b;
    private const short FlagUp = 1;
    private const short HardwareEthernet = 1;
    private const short RouteUp = 1;
    private const short RouteGateway = 2;
    private const int NameBytes = 16;
    private const int RequestBytes = 40;
    private const int RouteBytes = 120;
    private readonly int _socket = SystemCallException.Check(Libc.Socket(FamilyInet, SocketDatagram | CloseOnExec, 0), "socket");
    private readonly byte[] _name = new byte[NameBytes];

    internal InterfaceControl(string name) => _ = Encoding.ASCII.GetBytes(name, 0, Math.Min(name.Length, NameBytes - 1), _name, 0);

    /// <inheritdoc/>
    public void Dispose() => _ = Libc.Close(_socket);

    /// <summary>Brings the interface up or down.</summary>
    internal void SetUp(bool up)
    {
        var request = stackalloc byte[RequestBytes];
        Begin(request);
        Call(GetFlags, request, "SIOCGIFFLAGS");
        ref var flags = ref *(short*)(request + NameBytes);
        flags = (short)(up ? flags | FlagUp : flags & ~FlagUp);
        Call(SetFlags, request, "SIOCSIFFLAGS");
    }

    /// <summary>Sets the MAC address; false when the driver refuses, as some do while the interface is up.</summary>
    internal bool TrySetMac(ReadOnlySpan<byte> mac)
    {
        try
        {
            SetMac(mac);
            return true;
        }
        catch (SystemCallException)
        {
            return false;
        }
    }

    /// <summary>Sets the MAC address.</summary>
    internal void SetMac(ReadOnlySpan<byte> mac)
    {
        var request = stackalloc byte[RequestBytes];
        Begin(request);
        *(short*)(request + NameBytes) = HardwareEthernet;
        mac.CopyTo(new Span<byte>(request + NameBytes + 2, 14));
        Call(SetHardwareAddress, request, "SIOCSIFHWADDR");
    }

    /// <summary>True when it has an IPv4 address.</summary>
    internal bool HasAddress()
    {
        var request = stackalloc byte[RequestBytes];
        Begin(request);
        return Libc.Ioctl(_socket, GetInterfaceAddress, request) >= 0;
    }

    /// <summary>Sets the IPv4 address, in network byte order; 0 takes it away.</summary>
    internal void SetAddress(uint address) => SetInternet(SetInterfaceAddress, address, "SIOCSIFADDR");

    /// <summary>Sets the netmask, in network byte order.</summary>
    internal void SetNetmask(uint mask) => SetInternet(SetInterfaceNetmask, mask, "SIOCSIFNETMASK");

    /// <summary>Adds the default route over a gateway, in network byte order.</summary>
    internal void AddDefaultRoute(uint gateway)
    {
        // struct rtentry: destination at 8, gateway at 24, mask at 40, flags at 56, device name pointer at 88.
        var route = stackalloc byte[RouteBytes];
        new Span<byte>(route, RouteBytes).Clear();
        *(short*)(route + 8) = *(short*)(route + 24) = *(short*)(route + 40) = FamilyInet;
        *(uint*)(route + 24 + 4) = gateway;
        *(short*)(route + 56) = RouteUp | RouteGateway;
        fixed (byte* device = _name)
        {
            *(byte**)(route + 88) = device;
            Call(AddRoute, route, "SIOCADDRT");
        }
    }

    private void SetInternet(nuint what, uint address, string name)
    {
        var request = stackalloc byte[RequestBytes];
        Begin(request);
        *(short*)(request + NameBytes) = FamilyInet;
        *(uint*)(request + NameBytes + 4) = address;
        Call(what, request, name);
    }

    private void Begin(byte* request)
    {
        new Span<byte>(request, RequestBytes).Clear();
        _name.CopyTo(new Span<byte>(request, NameBytes));
    }

    private void Call(nuint what, void* argument, string name) => SystemCallException.Check(Libc.Ioctl(_socket, what, argument), name);
}
