using System.Globalization;
using System.Text;

namespace Mayfly.HouseKit;

/// <summary>What the machines of one mayflyd own on this host. Others may run QEMU here too: they are not looked at.</summary>
public sealed class Leftovers(string data, int daemon)
{
    private const string NamePrefix = "mayfly-";

    private string Machines => Path.Combine(data, "machines");

    /// <summary>Directories of machines and shells.</summary>
    public IReadOnlyList<string> Directories => Directory.Exists(Machines) ? Directory.GetDirectories(Machines) : [];

    /// <summary>QEMU processes of this mayflyd that run; one that has ended and waits to be reaped does not.</summary>
    public IReadOnlyList<int> Processes =>
    [
        .. ProcessIds().Where(id => ParentOf(id) == daemon && NameOf(id) is not null),
    ];

    /// <summary>Machines, shells and what they own: empty when nothing is left.</summary>
    public IReadOnlyList<string> All => [.. Directories, .. Processes.Select(id => $"process {id}")];

    /// <summary>The directory of a running machine, found by the name its process was started with.</summary>
    public string DirectoryOf(int processId)
    {
        var name = NameOf(processId) ?? throw new InvalidOperationException($"Process {processId} is none of a machine.");
        return Directories.Single(path => name.StartsWith(NamePrefix + Path.GetFileName(path), StringComparison.Ordinal));
    }

    /// <summary>All processes of this host.</summary>
    public static IEnumerable<int> ProcessIds() =>
        Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0).Where(id => id > 0);

    /// <summary>True while a process runs; one that has ended and waits to be reaped does not.</summary>
    public static bool Runs(int processId) => ParentOf(processId) is not null;

    private static string? NameOf(int processId) =>
        Read($"/proc/{processId}/cmdline")?.Split('\0').FirstOrDefault(argument => argument.StartsWith(NamePrefix, StringComparison.Ordinal));

    /// <summary>Null for a process that has ended.</summary>
    private static int? ParentOf(int processId)
    {
        if (Read($"/proc/{processId}/stat") is not { } status) return null;
        var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] == "Z" ? null : int.Parse(fields[1], CultureInfo.InvariantCulture);
    }

    private static string? Read(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
