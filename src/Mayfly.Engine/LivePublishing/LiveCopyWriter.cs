using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Publishing;

namespace Mayfly.Engine.LivePublishing;

/// <summary>The last step of a publish of a running machine, which needs the machine no more: saves the copy's device state and writes its memory down, as of a parent.</summary>
internal sealed class LiveCopyWriter(DataDirectory data, ImageStore images, WarmImageStore warm, QemuInstallation qemu)
{
    /// <summary>Makes the copy an image, golden and warm. The copy is to be disposed afterwards in any case. Faults: PublishFailed, HostDiskLow.</summary>
    public async Task<Outcome<ImageVersion>> WriteAsync(LiveCopy copy, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            progress.Report(new StepProgress("Saving the device state", 60));
            if (await copy.Receiver!.SaveAsync(copy.Warm.State, cancellationToken) is { } notSaved)
                return notSaved;
            await copy.Receiver.DisposeAsync();
            copy.Receiver = null;
            progress.Report(new StepProgress("Writing memory and hashes", 65));
            await Task.Run(() => GuestMemory.DropZeros(copy.Memory!, cancellationToken), cancellationToken);
            var disk = await GoldenDiskHash.OfAsync(new GoldenImage(copy.Id, copy.Version.Directory, copy.Manifest!), cancellationToken);
            var manifest = await copy.Writer.WriteAsync(copy.Shape, qemu, copy.Memory!, disk, cancellationToken);
            progress.Report(new StepProgress("Saving the image", 98));
            cancellationToken.ThrowIfCancellationRequested();
            return await CommitAsync(copy, manifest);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return NotWritten(error, $"{copy.Id} could not be published: its files could not be written.", data);
        }
    }

    /// <summary>The fault of files that could not be written.</summary>
    public static Fault NotWritten(Exception error, string what, DataDirectory data) =>
        DiskFault.When(error, what, data.Root) ?? new Fault(ErrorCode.PublishFailed, what, error.Message, $"Look at the rights and the disk of {data.Root}.");

    /// <summary>No token: the golden image first, and then the warm one that stands on it.</summary>
    private async Task<Outcome<ImageVersion>> CommitAsync(LiveCopy copy, WarmManifest manifest)
    {
        var golden = await images.CommitAsync(copy.Version, copy.Id, copy.Manifest!, CancellationToken.None);
        if (golden.Fault is { } notKept)
            return notKept;
        var files = warm.FilesOf(copy.Id);
        Directory.Move(copy.Warm.Directory, files.Directory);
        warm.Add(new WarmImage(copy.Id, golden.Value, files, manifest, copy.Memory!));
        copy.Memory = null;
        return copy.Id;
    }
}
