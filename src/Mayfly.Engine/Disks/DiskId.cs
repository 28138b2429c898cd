namespace Mayfly.Engine.Disks;

/// <summary>Ids of packages and volumes: names of folders on the host, and serial numbers of disks in the guest.</summary>
internal static class DiskId
{
    // What QEMU takes for a serial number.
    private const int Longest = 36;

    /// <summary>True for 1 to 36 of a-z and 0-9.</summary>
    public static bool IsValid(string id) => id.Length is > 0 and <= Longest && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
}
