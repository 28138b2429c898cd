using System.Globalization;
using Mayfly.Contracts;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Disks;

/// <summary>Makes empty qcow2 overlays. They name no backing file: QEMU is told the chain each time.</summary>
internal sealed class OverlayMaker
{
    /// <summary>Makes an overlay of a virtual size in bytes. Faults: ToolMissing, PublishFailed.</summary>
    public async Task<Outcome<Done>> CreateAsync(string path, long virtualBytes, CancellationToken cancellationToken)
    {
        string[] arguments = ["create", "-q", "-f", "qcow2", path, virtualBytes.ToString(CultureInfo.InvariantCulture)];
        var made = await new ToolRunner().RunAsync(new ToolStart("qemu-img", "qemu-utils", arguments), cancellationToken);
        if (made.Fault is { } missing)
            return missing;
        return made.Value.ExitCode == 0
            ? Done.Yes
            : new Fault(ErrorCode.PublishFailed, $"qemu-img could not make {path}.", made.Value.Error.Trim());
    }
}
