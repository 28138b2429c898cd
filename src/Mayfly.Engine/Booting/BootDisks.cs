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
    public static long CopyBytes(ProvisioningKind kind, GoldenImage golden) =>
        kind == ProvisioningKind.Full ? golden.DiskFiles.Sum(file => new FileInfo(file.Path).Length) : 0;

    /// <summary>Makes a new linked or full machine's directory and own files. Faults: ToolMissing, MachineStartFailed.</summary>
    public async Task<Fault?> MakeAsync(ProvisionRequest request, GoldenImage golden, MachineDirectory directory, CancellationToken cancellationToken)
    {
        try
        {
            directory.Make();
            if (request.Kind == ProvisioningKind.Full)
                await CopyAsync(golden, directory, cancellationToken);
            else if (await overlays.CreateAsync(directory.Overlay, golden.Manifest.Disk.VirtualBytes, cancellationToken) is { Fault: { } fault })
                return fault.Code == ErrorCode.ToolMissing ? fault : NotMade(golden, fault.Why);
            foreach (var own in request.Keep ? OwnFiles(request.Kind, golden, directory) : [])
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
        var own = OwnFiles(kind, golden, directory);
        return new DiskChain(kind switch
        {
            ProvisioningKind.Instant => [.. own, .. WarmImage.Below(warm.FilesOf(golden.Id), golden)],
            ProvisioningKind.Linked => [.. own, .. golden.DiskFiles],
            _ => own,
        });
    }

    /// <summary>A full machine's copies of an image's layers are its own layers.</summary>
    private static async Task CopyAsync(GoldenImage golden, MachineDirectory directory, CancellationToken cancellationToken)
    {
        foreach (var (number, file) in golden.DiskFiles.Reverse().Index())
            await DiskCopy.CopyAsync(file.Path, number == 0 ? directory.Disk(file.Format) : directory.DiskLayer(number), cancellationToken);
    }

    private static IReadOnlyList<DiskFile> OwnFiles(ProvisioningKind kind, GoldenImage golden, MachineDirectory directory)
    {
        var format = kind == ProvisioningKind.Full ? golden.Manifest.Disk.Format : "qcow2";
        var layers = Enumerable.Range(1, directory.TopLayer()).Reverse().Select(number => new DiskFile(directory.DiskLayer(number), "qcow2"));
        return [.. layers, new DiskFile(directory.Disk(format), format)];
    }

    private static Fault NotMade(GoldenImage golden, string? why) => new(
        ErrorCode.MachineStartFailed, $"The disk of a machine of {golden.Id} could not be made.", why, "Look for room on the disk of the data directory.");
}
