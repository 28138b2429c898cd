using Mayfly.Contracts;
using Mayfly.Control.Users;

namespace Mayfly.Control.Directories;

/// <summary>Makes Mayfly's names of a directory's.</summary>
internal static class DirectoryNames
{
    private const int LongestDisplayName = 100;
    private const int LongestMail = 254;

    /// <summary>The name in lower case and without its domain. Faults: DirectoryMisconfigured when what is left breaks Mayfly's rule.</summary>
    public static Outcome<string> UserName(string? name, string source)
    {
        var bare = WithoutDomain(name ?? "").ToLowerInvariant();
        var at = bare.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0) bare = bare[..at];
        if (NameRule.Allows(bare) && bare != UserDirectory.LocalName) return bare;
        var why = string.IsNullOrEmpty(name) ? $"There is no {source}." : $"The {source} is '{ShownText.From(name)}'.";
        return new Fault(ErrorCode.DirectoryMisconfigured, "The directory's name for this person cannot be a name in Mayfly.", why,
            $"A name is {NameRule.Words}, and not '{UserDirectory.LocalName}'. Have names taken from something else.");
    }

    /// <summary>"name" of "DOMAIN\name".</summary>
    public static string WithoutDomain(string name) => name[(name.LastIndexOf('\\') + 1)..];

    /// <summary>A name to show, cut to what Mayfly keeps.</summary>
    public static string DisplayName(string? name, string userName)
    {
        var clean = new string([.. (name ?? "").Where(c => !char.IsControl(c)).Take(LongestDisplayName)]).Trim();
        return clean.Length == 0 ? userName : clean;
    }

    /// <summary>A mail address, or null when there is none that could be one.</summary>
    public static string? Mail(string? address) =>
        address is { Length: > 2 and <= LongestMail } && address.Contains('@', StringComparison.Ordinal) && !address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
            ? address
            : null;
}
