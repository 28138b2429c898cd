using System.Runtime.InteropServices;

namespace Mayfly.Agent.Native;

/// <summary>A system call failed.</summary>
/// <param name="call">The call and what it was made on.</param>
/// <param name="error">The error number.</param>
internal sealed class SystemCallException(string call, int error)
    : Exception($"{call}: {Marshal.GetPInvokeErrorMessage(error)} (error {error})")
{
    /// <summary>Passes a result through, or throws when it is negative.</summary>
    internal static int Check(int result, string call) =>
        result >= 0 ? result : throw new SystemCallException(call, Marshal.GetLastPInvokeError());
}
