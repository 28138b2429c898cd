using Mayfly.Contracts;

namespace Mayfly.Engine.Volumes;

/// <summary>Sizes of volumes in MiB.</summary>
internal static class VolumeSize
{
    private const int Least = 64;
    private const int Most = 1_048_576;

    /// <summary>Null for a size that volumes can have. Faults: InvalidRequest.</summary>
    public static Fault? Check(int sizeMib) => sizeMib is >= Least and <= Most ? null : new Fault(
        ErrorCode.InvalidRequest, $"A volume can not have {sizeMib} MiB.", Remedy: $"Give it {Least} to {Most} MiB.");

    /// <summary>Whole MiB of a disk.</summary>
    public static int Mib(long bytes) => (int)Math.Min(int.MaxValue, bytes >> 20);
}
