using System.Text.RegularExpressions;
using Mayfly.Contracts;

namespace Mayfly.Engine.Forking;

/// <summary>Checks what a caller asks before anything is started.</summary>
internal static partial class ForkRequestCheck
{
    /// <summary>Null when the request can be tried. Faults: InvalidRequest.</summary>
    public static Fault? Check(ForkRequest request)
    {
        if (!MachineId().IsMatch(request.MachineId))
            return Invalid($"'{request.MachineId}' is no machine id.", "1 to 64 of a-z, 0-9 and '-' are.");
        if (!DnsLabel().IsMatch(request.Hostname))
            return Invalid($"'{request.Hostname}' is no host name.", "1 to 63 of a-z, 0-9 and '-' are, with no '-' at either end.");
        return request.PostSync is { } script && (script.Command.Count == 0 || script.TimeoutSeconds is < 1 or > 600)
            ? Invalid("The post-sync script can not be run.", "It needs a program and a limit of 1 to 600 seconds.")
            : null;
    }

    private static Fault Invalid(string what, string why) => new(ErrorCode.InvalidRequest, what, why);

    [GeneratedRegex(@"\A[a-z0-9-]{1,64}\z")]
    private static partial Regex MachineId();

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex DnsLabel();
}
