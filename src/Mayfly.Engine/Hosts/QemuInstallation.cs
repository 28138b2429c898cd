using System.Text.RegularExpressions;
using Mayfly.Contracts;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Hosts;

/// <summary>The QEMU of this host.</summary>
/// <param name="Path">Absolute path of qemu-system-x86_64.</param>
/// <param name="Version">Its version.</param>
internal sealed partial record QemuInstallation(string Path, Version Version)
{
    /// <summary>Oldest version that forks as Mayfly needs it.</summary>
    public static readonly Version Oldest = new(7, 2);

    private const string Program = "qemu-system-x86_64";
    private const string Remedy = "Install it with: apt install qemu-system-x86";

    /// <summary>Machine type pinned to this version, so that a later QEMU of the host still offers it.</summary>
    public string MachineType => $"pc-q35-{Version.Major}.{Version.Minor}";

    /// <summary>Finds QEMU in the search path. Faults: QemuMissing, QemuTooOld.</summary>
    public static async Task<Outcome<QemuInstallation>> FindAsync(CancellationToken cancellationToken)
    {
        var path = ToolRunner.Find(Program);
        if (path is null)
            return new Fault(ErrorCode.QemuMissing, "QEMU was not found: there is no qemu-system-x86_64 on this host.", Remedy: Remedy);
        var said = await new ToolRunner().RunAsync(new ToolStart(Program, "qemu-system-x86", ["--version"]), cancellationToken);
        if (said.Fault is { } notRun)
            return notRun;
        var version = VersionPattern().Match(said.Value.Output) is { Success: true } match ? Version.Parse(match.Groups[1].Value) : null;
        if (version is null)
            return new Fault(ErrorCode.QemuMissing, $"{path} does not say which version it is.", said.Value.Error.Trim(), Remedy);
        return version < Oldest
            ? new Fault(ErrorCode.QemuTooOld, $"QEMU {version} is too old.", $"Mayfly needs {Oldest} or newer.", "Upgrade it: Debian 12 and 13 have one that is new enough.")
            : new QemuInstallation(path, version);
    }

    [GeneratedRegex(@"version (\d+\.\d+(\.\d+)?)")]
    private static partial Regex VersionPattern();
}
