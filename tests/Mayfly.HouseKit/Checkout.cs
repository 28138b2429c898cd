using System.Runtime.CompilerServices;

namespace Mayfly.HouseKit;

/// <summary>Places of the checkout the tests belong to.</summary>
public static class Checkout
{
    public static string Root => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../.."));

    public static string Artifacts => Environment.GetEnvironmentVariable("MAYFLY_ARTIFACTS") is { Length: > 0 } set ? set : Path.Combine(Root, "artifacts");

    /// <summary>Where images are built once and kept between runs.</summary>
    public static string TestData =>
        Environment.GetEnvironmentVariable("MAYFLY_TEST_DATA") is { Length: > 0 } set ? Path.GetFullPath(set) : Path.Combine(Root, "artifacts/test-data");

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
