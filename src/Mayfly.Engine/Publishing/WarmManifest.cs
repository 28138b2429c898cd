using Mayfly.Engine.Hypervisor;

namespace Mayfly.Engine.Publishing;

/// <summary>Content of a warm image's <c>warm.json</c>: what it is, what it fits, and the hashes of all it consists of.</summary>
internal sealed record WarmManifest
{
    /// <summary>Layout of this record; another number is another Mayfly's.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Layout of this record.</summary>
    public required int Format { get; init; }

    /// <summary>When the parent was frozen.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>QEMU that wrote the device state.</summary>
    public required string QemuVersion { get; init; }

    /// <summary>CPU of the host; device state made under KVM fits no other.</summary>
    public required string HostCpu { get; init; }

    /// <summary>The guest's operating system, such as "debian-13"; null when its agent did not say.</summary>
    public string? Os { get; init; }

    /// <summary>The hardware frozen.</summary>
    public required MachineShape Shape { get; init; }

    /// <summary>Guest memory.</summary>
    public required WarmFile Memory { get; init; }

    /// <summary>Device state.</summary>
    public required WarmFile State { get; init; }

    /// <summary>What the parent wrote to its disk before it was frozen.</summary>
    public required WarmFile FrozenDisk { get; init; }

    /// <summary>The empty overlay each clone begins with.</summary>
    public required WarmFile EmptyOverlay { get; init; }

    /// <summary>Hash of the golden image's disk below it.</summary>
    public required string BaseDiskSha256 { get; init; }

    /// <summary>From the parent's start to a drawn, quiet desktop, or the time it took to copy the memory of a running machine, in seconds.</summary>
    public required double BootSeconds { get; init; }

    /// <summary>From there to forkable, in seconds.</summary>
    public required double FreezeSeconds { get; init; }

    /// <summary>How long the machine stood still that this was published from, in seconds; null when it was a parent.</summary>
    public double? PauseSeconds { get; init; }
}

/// <summary>One file of a warm image.</summary>
/// <param name="Length">Length in bytes.</param>
/// <param name="StoredBytes">Bytes in blocks that are not all zero.</param>
/// <param name="Sha256">Hash as <see cref="SparseHash"/> makes it, lower-case hexadecimal.</param>
internal sealed record WarmFile(long Length, long StoredBytes, string Sha256);
