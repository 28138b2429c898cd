using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Images;
using Mayfly.Engine.Publishing;

namespace Mayfly.Engine.Booting;

/// <summary>The disks of machines that boot: what each kind has of its own, and what it stands on.</summary>
internal sealed class BootDisks(OverlayMaker overlays, WarmImageStore warm)
{
    /// <summary>Size of the copy made for a new machine of a kind, in bytes. It is sparse at first, and may fill up.</summary>
    public static long CopyBytes(ProvisioningKind kind, GoldenImage golden) => kind == ProvisioningKind.Full ? new FileInfo(Base(golden).Path).Length : 0;

    /// <summary>Makes a new linked or full machine's directory and own file. Faults: ToolMissing, MachineStartFailed.</summary>
    public async Task<Fault?> MakeAsync(ProvisionRequest request, GoldenImage golden, MachineDirectory directory, CancellationToken cancellationToken)
    {
        var own = OwnFile(request.Kind, golden, directory);
        try
        {
            directory.Make();
            if (request.Kind == ProvisioningKind.Full)
                await DiskCopy.CopyAsync(Base(golden).Path, own.Path, cancellationToken);
            else if (await overlays.CreateAsync(own.Path, golden.Manifest.Disk.VirtualBytes, cancellationToken) is { Fault: { } fault })
                return fault.Code == ErrorCode.ToolMissing ? fault : NotMade(golden, fault.Why);
            if (request.Keep)
                DurableFile.Flush(own.Path);
            return null;
        }
        catch (IOException error)
        {
            return DiskFault.When(error, $"The disk of a machine of {golden.Id} could not be made.", directory.Path) ?? NotMade(golden, error.Message);
        }
    }

    /// <summary>A machine's whole disk. A fork that boots again stands on what its parent had written.</summary>
    public DiskChain Chain(ProvisioningKind kind, GoldenImage golden, MachineDirectory directory)
    {
        var own = OwnFile(kind, golden, directory);
        return kind switch
        {
            ProvisioningKind.Instant => WarmImage.DiskUnder(own.Path, warm.FilesOf(golden.Id), golden),
            ProvisioningKind.Linked => new DiskChain([own, Base(golden)]),
            _ => new DiskChain([own]),
        };
    }

    private static DiskFile OwnFile(ProvisioningKind kind, GoldenImage golden, MachineDirectory directory)
    {
        var format = kind == ProvisioningKind.Full ? golden.Manifest.Disk.Format : "qcow2";
        return new DiskFile(directory.Disk(format), format);
    }

    private static DiskFile Base(GoldenImage golden) => new(golden.PathOf(golden.Manifest.Disk.File), golden.Manifest.Disk.Format);

    private static Fault NotMade(GoldenImage golden, string? why) => new(
        ErrorCode.MachineStartFailed, $"The disk of a machine of {golden.Id} could not be made.", why, "Look for room on the disk of the data directory.");
}
