using System.Runtime.InteropServices;

namespace Mayfly.Engine.Processes;

/// <summary>What to start: a program by absolute path, its arguments, and the descriptors it inherits.</summary>
/// <param name="Program">Absolute path.</param>
/// <param name="Arguments">Arguments after the program's name.</param>
/// <param name="Inherited">Descriptors by the number they shall have there; no others are passed on.</param>
internal sealed record ProcessStart(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<int, SafeHandle> Inherited)
{
    /// <summary>
    /// The whole environment: enough for QEMU, nothing of ours. One malloc arena, and large blocks given back when freed, keep a clone's
    /// private memory small.
    /// </summary>
    public IReadOnlyList<string> Environment { get; init; } =
        ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "MALLOC_ARENA_MAX=1", "MALLOC_MMAP_THRESHOLD_=65536", "MALLOC_TRIM_THRESHOLD_=65536"];
}
