using System.Text.RegularExpressions;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Captures;

/// <summary>What a capture may be asked to do. All that is wrong is told at once.</summary>
internal static partial class CaptureRules
{
    private const int MostItems = 200;
    private const int LongestScript = 64 * 1024;

    public static Fault? Complaint(BeginCaptureRequest request)
    {
        var complaints = new List<string>();
        if (request.SizeMib is < 64 or > 65_536) complaints.Add("A capture holds 64 to 65,536 MiB.");
        if (request.Packages is null || request.Packages.Count > MostItems || request.Packages.Any(name => !DebianPackage().IsMatch(name ?? "")))
            complaints.Add($"Debian packages are named: up to {MostItems} of a-z, 0-9, '+', '-' and '.'.");
        if (request.Files is null || request.Files.Count > MostItems || request.Files.Any(path => !IsDebianFile(path))) complaints.Add($"Files are up to {MostItems} absolute paths of .deb files on the server.");
        if (request.Script is { } script && (string.IsNullOrWhiteSpace(script) || script.Length > LongestScript || script.Contains('\0', StringComparison.Ordinal)))
            complaints.Add("A script is text of at most 64 KiB.");
        return complaints.Count == 0 ? null : new Fault(ErrorCode.InvalidRequest, "The capture can not be as asked.", string.Join(' ', complaints), "Correct the request.");
    }

    private static bool IsDebianFile(string? path) =>
        Path.IsPathFullyQualified(path ?? "") && path!.EndsWith(".deb", StringComparison.Ordinal) && !path.Contains('\0', StringComparison.Ordinal);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9+.-]{1,127}\z")]
    private static partial Regex DebianPackage();
}
