using System.Numerics;
using System.Text.RegularExpressions;

namespace Mayfly.Engine.Images;

/// <summary>What a recipe may say. To add a rule, yield one more sentence that names the field.</summary>
internal static partial class RecipeChecks
{
    public static IEnumerable<string> Run(RecipeFile file) =>
    [
        .. Names(file),
        .. Hardware(file.Hardware),
        .. Disk(file.Disk),
        .. CommandLine(file.CommandLine),
        .. Settle(file.Settle),
    ];

    private static IEnumerable<string> Names(RecipeFile file)
    {
        if (file.Suite is null || !SuiteName().IsMatch(file.Suite))
            yield return "suite must be a Debian code name such as trixie";
        if (file.Kind is not ("disk" or "initramfs"))
            yield return "kind must be disk or initramfs";
        if (file.Kernel is null || !PackageName().IsMatch(file.Kernel))
            yield return "kernel must be the name of a package";
        if (file.Modules is not { Count: > 0 } || !file.Modules.TrueForAll(module => module is not null && ModuleName().IsMatch(module)))
            yield return "modules must name at least one kernel module, and nothing else";
        foreach (var package in (file.Packages ?? []).Where(package => package is null || !PackageName().IsMatch(package)))
            yield return $"packages: '{package}' is not the name of a package";
    }

    private static IEnumerable<string> Hardware(RecipeFile.HardwareFile? hardware)
    {
        if (hardware is null)
        {
            yield return "hardware is missing";
            yield break;
        }
        if (hardware.MemoryMib is < 64 or > 1024 * 1024)
            yield return "hardware.memoryMib must be 64 to 1048576";
        if (hardware.Cpus is < 1 or > 64)
            yield return "hardware.cpus must be 1 to 64";
        if (hardware.VideoMemoryMib is < 1 or > 256 || !BitOperations.IsPow2(hardware.VideoMemoryMib))
            yield return "hardware.videoMemoryMib must be a power of two, 1 to 256";
    }

    private static IEnumerable<string> Disk(RecipeFile.DiskFile? disk)
    {
        if (disk is not { SizeMib: >= 16 and <= 1024 * 1024 })
            yield return "disk.sizeMib must be 16 to 1048576";
    }

    private static IEnumerable<string> CommandLine(string? commandLine)
    {
        if (commandLine is null || commandLine.Length > 1500 || !commandLine.All(letter => char.IsAscii(letter) && (letter == '\n' || !char.IsControl(letter))))
            yield return "commandLine must be at most 1500 printable ASCII characters";
    }

    private static IEnumerable<string> Settle(RecipeFile.SettleFile? settle)
    {
        if (settle is not { QuietSeconds: >= 0 and <= 600, BusyPercent: > 0 and <= 100, TimeoutSeconds: >= 1 and <= 3600 })
            yield return "settle needs quietSeconds 0 to 600, busyPercent above 0 to 100, timeoutSeconds 1 to 3600";
    }

    [GeneratedRegex(@"\A[a-z]{2,20}\z")]
    private static partial Regex SuiteName();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9+.-]{1,127}\z")]
    private static partial Regex PackageName();

    [GeneratedRegex(@"\A[a-z0-9_]{1,64}\z")]
    private static partial Regex ModuleName();
}
