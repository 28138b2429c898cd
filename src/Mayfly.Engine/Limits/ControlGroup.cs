using System.Globalization;

namespace Mayfly.Engine.Limits;

/// <summary>The control group of one QEMU process, a directory of the kernel's.</summary>
/// <param name="Path">Absolute path.</param>
internal sealed record ControlGroup(string Path)
{
    private const string OutOfMemoryKills = "oom_kill ";

    /// <summary>Puts a process into it. One that has ended meanwhile is no failure.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public void Add(int processId)
    {
        try
        {
            Write("cgroup.procs", processId.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException) when (!Directory.Exists($"/proc/{processId}"))
        {
            // Whoever waits for it learns that it ended.
        }
    }

    /// <summary>Writes one of its settings.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public void Write(string setting, string value) => File.WriteAllText(System.IO.Path.Combine(Path, setting), value);

    /// <summary>The memory limit in bytes when the kernel ended a process here for it, otherwise null.</summary>
    public long? ExceededMemory()
    {
        try
        {
            var kills = File.ReadLines(System.IO.Path.Combine(Path, "memory.events")).FirstOrDefault(line => line.StartsWith(OutOfMemoryKills, StringComparison.Ordinal));
            return kills is not null && kills[OutOfMemoryKills.Length..].Trim() != "0"
                ? long.Parse(File.ReadAllText(System.IO.Path.Combine(Path, "memory.max")).Trim(), CultureInfo.InvariantCulture)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Removes it, if there is nothing in it any more. One that can not be removed now is found again at the next start.</summary>
    public void Remove()
    {
        try
        {
            // Not recursive: what is in it are the kernel's own files, and they go with it.
            Directory.Delete(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody is in it, or it is gone already.
        }
    }
}
