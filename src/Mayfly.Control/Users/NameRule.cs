using System.Text.RegularExpressions;

namespace Mayfly.Control.Users;

/// <summary>The rule for names of users, groups and directories.</summary>
internal static partial class NameRule
{
    /// <summary>The rule in words, after "A name is".</summary>
    public const string Words = "1 to 63 of a-z, 0-9, '.', '_' and '-'";

    /// <summary>True for a name that keeps the rule.</summary>
    public static bool Allows(string? name) => Rule().IsMatch(name ?? "");

    [GeneratedRegex(@"\A[a-z0-9._-]{1,63}\z")]
    private static partial Regex Rule();
}
