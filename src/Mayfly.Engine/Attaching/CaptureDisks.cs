namespace Mayfly.Engine.Attaching;

/// <summary>What a machine has while what is installed in it is captured.</summary>
/// <param name="BasePackage">Id of the package to build on, or null.</param>
/// <param name="VolumePath">A qcow2 file with an ext4 file system as of a writable volume: all that is written below /usr, /opt and /etc goes there.</param>
/// <param name="InputPath">A squashfs file the guest finds mounted at /run/mayfly/input, or null.</param>
/// <param name="OutputPath">A raw file the guest may write to, a disk with the serial number "output", or null.</param>
internal sealed record CaptureDisks(string? BasePackage, string VolumePath, string? InputPath, string? OutputPath);
