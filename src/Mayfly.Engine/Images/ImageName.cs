using System.Text.RegularExpressions;
using Mayfly.Contracts;

namespace Mayfly.Engine.Images;

/// <summary>Which names images and versions may have; they become directory names.</summary>
internal static partial class ImageName
{
    /// <summary>1 to 40 of a-z, 0-9 and '-', beginning with a letter or digit.</summary>
    public static bool IsValid(string name) => Name().IsMatch(name);

    /// <summary>12 lower-case hexadecimal digits.</summary>
    public static bool IsVersion(string version) => Version().IsMatch(version);

    /// <summary>The fault of a name that an image can not have.</summary>
    public static Fault Refused(string name) =>
        new(ErrorCode.InvalidRequest, $"'{name}' cannot be an image's name.", Remedy: "Use 1 to 40 of a-z, 0-9 and '-'.");

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,39}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[0-9a-f]{12}\z")]
    private static partial Regex Version();
}
