using System.Text.RegularExpressions;
using Mayfly.Contracts;

namespace Mayfly.Control.Apps;

/// <summary>Names of packages, and what is answered for those that do not exist.</summary>
internal static partial class AppNames
{
    /// <summary>True for 1 to 63 of letters, digits, '.', '-', '+' and '~' that begin with a letter or digit.</summary>
    public static bool IsVersion(string? version) => Version().IsMatch(version ?? "");

    public static Fault? VersionComplaint(string? version) => IsVersion(version)
        ? null
        : new Fault(ErrorCode.InvalidRequest, "That is no version.", "A version is 1 to 63 letters, digits, '.', '-', '+' and '~', and begins with a letter or digit.");

    public static Fault NoApp(string app) => new(ErrorCode.NotFound, $"There is no application '{app}'.");

    public static Fault NoPackage(string app, string version) => new(ErrorCode.NotFound, $"The application '{app}' has no version '{version}'.");

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.+~-]{0,62}\z")]
    private static partial Regex Version();
}
