using Mayfly.Contracts;
using Mayfly.Engine;

namespace Mayfly.Control.Hosts;

internal static class HostFaults
{
    /// <summary>True for a machine of a host that is lost.</summary>
    public static bool IsLost(HostMachine? machine) => machine?.Trouble?.Code == ErrorCode.HostUnreachable;

    public static Fault NoHost(string name) => new(ErrorCode.NotFound, $"There is no host '{name}'.");
}
