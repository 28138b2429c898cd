using System.Runtime.CompilerServices;

namespace Mayfly.Images.Tests;

/// <summary>Files of the checkout the tests belong to.</summary>
internal static class Checkout
{
    public static string Recipes => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../images"));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
