namespace Mayfly.VmTests.House;

/// <summary>Whether this host lets the tests' user at KVM at all.</summary>
internal static class KvmDevice
{
    public const string Missing = "/dev/kvm can not be opened by this process; this host has no KVM or gives it to others.";

    public static bool Opens()
    {
        try
        {
            using var _ = File.OpenHandle("/dev/kvm", FileMode.Open, FileAccess.ReadWrite);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
