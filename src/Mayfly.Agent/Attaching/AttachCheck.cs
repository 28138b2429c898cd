using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Attaching;

/// <summary>What is wrong with a request, in words, or null.</summary>
internal static class AttachCheck
{
    private const int MostPackages = 64;
    private const int MostSeconds = 600;
    private const int MostGrace = 60;
    private const int LongestSerial = 36;

    internal static string? Objection(AttachRequest request) => request switch
    {
        { Packages: null or { Count: > MostPackages } } => $"more than {MostPackages} packages",
        { TimeoutSeconds: < 1 or > MostSeconds } => $"the time limit must be 1 to {MostSeconds} seconds",
        _ when !Serials(request).All(IsSerial) => "the serial number of a disk is not 1 to 36 of a-z and 0-9",
        _ when Serials(request).Distinct().Count() != Serials(request).Count() => "a disk is named twice",
        _ => null,
    };

    internal static string? Objection(ReleaseRequest request) =>
        request.GraceSeconds is < 0 or > MostGrace ? $"the grace must be 0 to {MostGrace} seconds" : null;

    private static IEnumerable<string?> Serials(AttachRequest request) =>
    [
        .. request.Packages.Select(package => package?.Serial),
        .. request.Volume is { } volume ? [volume.Serial] : Array.Empty<string?>(),
        .. request.InputSerial is { } input ? [input] : Array.Empty<string?>(),
    ];

    private static bool IsSerial(string? serial) => serial is { Length: > 0 and <= LongestSerial } && serial.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9'));
}
