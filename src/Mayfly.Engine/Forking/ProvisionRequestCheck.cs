using System.Text.RegularExpressions;
using Mayfly.Contracts;

namespace Mayfly.Engine.Forking;

/// <summary>Checks what a caller asks before anything is started.</summary>
internal static partial class ProvisionRequestCheck
{
    /// <summary>Null when the request can be tried. Faults: InvalidRequest.</summary>
    public static Fault? Check(ProvisionRequest request)
    {
        if (!MachineId().IsMatch(request.MachineId))
            return Invalid($"'{request.MachineId}' is no machine id.", "1 to 64 of a-z, 0-9 and '-' are.");
        if (!DnsLabel().IsMatch(request.Hostname))
            return Invalid($"'{request.Hostname}' is no host name.", "1 to 63 of a-z, 0-9 and '-' are, with no '-' at either end.");
        if (request.Mac is { } mac && !CardAddress().IsMatch(mac))
            return Invalid($"'{mac}' is no MAC of a network card.", "Six pairs of 0-9 and a-f with ':' between them are, the second digit even.");
        return request.PostSync is { } script && (script.Command.Count == 0 || script.TimeoutSeconds is < 1 or > 600)
            ? Invalid("The post-sync script can not be run.", "It needs a program and a limit of 1 to 600 seconds.")
            : null;
    }

    private static Fault Invalid(string what, string why) => new(ErrorCode.InvalidRequest, what, why);

    [GeneratedRegex(@"\A[a-z0-9-]{1,64}\z")]
    private static partial Regex MachineId();

    // An odd second digit makes a group's address.
    [GeneratedRegex(@"\A[0-9a-f][02468ace](:[0-9a-f]{2}){5}\z")]
    private static partial Regex CardAddress();

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex DnsLabel();
}
