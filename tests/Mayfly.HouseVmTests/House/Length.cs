using System.Globalization;

namespace Mayfly.HouseVmTests.House;

/// <summary>How long the tests last that repeat something: as long as a variable of the environment says, or as long as a change can wait for.</summary>
internal static class Length
{
    /// <summary>The number in <paramref name="variable"/>, or <paramref name="usual"/>.</summary>
    public static int Of(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : usual;
}
