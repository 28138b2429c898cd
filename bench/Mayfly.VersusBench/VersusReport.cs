namespace Mayfly.VersusBench;

/// <summary>What one run on one image has measured, as it is written to <c>versus-IMAGE.json</c>.</summary>
/// <param name="Image">Name of the image.</param>
/// <param name="Host">Where it was measured.</param>
/// <param name="Guest">What was started.</param>
/// <param name="Ways">Each way to come to a desktop.</param>
internal sealed record VersusReport(string Image, HostFacts Host, GuestFacts Guest, IReadOnlyList<WayResult> Ways);

/// <summary>The host of a run.</summary>
/// <param name="At">When it began.</param>
/// <param name="Cpu">Model of its CPU.</param>
/// <param name="Cores">Number of its CPUs.</param>
/// <param name="MemoryBytes">Its memory.</param>
/// <param name="Kernel">Version of its kernel.</param>
/// <param name="Accelerator">"kvm" or "tcg".</param>
/// <param name="Qemu">Version of QEMU.</param>
/// <param name="Libvirt">Version of libvirt.</param>
internal sealed record HostFacts(DateTimeOffset At, string Cpu, int Cores, long MemoryBytes, string Kernel, string Accelerator, string Qemu, string Libvirt);

/// <summary>The guest of a run.</summary>
/// <param name="MemoryMib">Its memory in MiB.</param>
/// <param name="Cpus">Number of its CPUs.</param>
internal sealed record GuestFacts(int MemoryMib, int Cpus);

/// <summary>What one way has come to.</summary>
/// <param name="Key">Tells it from the others.</param>
/// <param name="Name">Its name, for a table.</param>
/// <param name="About">What is done from the request to READY, a sentence.</param>
/// <param name="SavedBytes">What of it lies on disk once for all clones, beside the golden image.</param>
/// <param name="Samples">One clone at a time.</param>
/// <param name="Crowds">Many clones at a time.</param>
/// <param name="Failures">What went wrong; those have no sample.</param>
internal sealed record WayResult(
    string Key, string Name, string About, long SavedBytes, IReadOnlyList<Sample> Samples, IReadOnlyList<Crowd> Crowds, IReadOnlyList<string> Failures);

/// <summary>One clone.</summary>
/// <param name="RunningMs">Milliseconds from the request until its CPUs run.</param>
/// <param name="ReadyMs">Milliseconds from the request until it is READY.</param>
/// <param name="PictureMs">Milliseconds from the request until a picture of its screen shows something, or null when none did in time.</param>
/// <param name="CpuSeconds">CPU time of its process and of that process's children, from their start to READY.</param>
/// <param name="DiskBytes">Blocks of the files that are its alone, just after READY.</param>
internal sealed record Sample(double RunningMs, double ReadyMs, double? PictureMs, double CpuSeconds, long DiskBytes);

/// <summary>Many clones, asked for at once.</summary>
/// <param name="Size">How many.</param>
internal sealed record Crowd(int Size)
{
    /// <summary>Why it was not tried, or what went wrong; null when it was measured.</summary>
    public string? Skipped { get; init; }

    /// <summary>Seconds from the request until all are READY.</summary>
    public double ReadySeconds { get; init; }

    /// <summary>Memory that is one clone's alone (clean and dirty), all clones added up.</summary>
    public long PrivateBytes { get; init; }

    /// <summary>Memory with shared pages in fair parts, all clones added up.</summary>
    public long ProportionalBytes { get; init; }

    /// <summary>Guest memory that the clones share, counted once.</summary>
    public long SharedBytes { get; init; }

    /// <summary>How much less memory the host has to give away than before, what the clones share left out.</summary>
    public long AvailableDropBytes { get; init; }

    /// <summary>Blocks of the files that are the clones' alone, added up.</summary>
    public long DiskBytes { get; init; }
}
