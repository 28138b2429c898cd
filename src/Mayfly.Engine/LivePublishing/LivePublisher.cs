using Mayfly.Contracts;
using Mayfly.Engine.Booting;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Forking;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Images;
using Mayfly.Engine.Limits;
using Mayfly.Engine.Measuring;
using Mayfly.Engine.Publishing;
using Mayfly.Qmp;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.LivePublishing;

/// <summary>
/// Turns a machine as it runs into an image version that is warm at once, while the machine goes on:
/// (1) start a receiver, a QEMU of the same hardware that will never run; (2) copy the machine's memory to it while its guest goes on;
/// (3) in a short pause of the guest, copy the rest and put a new layer on its disk; (4) make a golden image of what lies below that layer;
/// (5) save the receiver's device state and write its memory down, which <see cref="LiveCopyWriter"/> does.
/// </summary>
internal sealed partial class LivePublisher(
    EngineOptions options, DataDirectory data, ImageStore images, WarmImageStore warm, BootDisks disks, QemuLauncher launcher, Admission admission,
    ControlGroups limits, OverlayMaker overlays, ILogger logger, TimeProvider time)
{
    /// <summary>
    /// Steps 1 to 4. On a fault or a cancellation nothing is left, but perhaps one more layer of the machine's disk.
    /// Faults: MachineStateWrong, PublishFailed, NotFound, HostMemoryLow, HostDiskLow, ToolMissing, MachineStartFailed.
    /// </summary>
    /// <param name="machine">The machine; nothing else may be done to it meanwhile.</param>
    /// <param name="name">Image to make a version of.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Gives up; the machine goes on.</param>
    public async Task<Outcome<LiveCopy>> CopyAsync(Machine machine, string name, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var what = $"{machine.Hostname} could not be published.";
        try
        {
            var golden = await images.FindAsync(machine.Image.Name, machine.Image.Version, cancellationToken);
            if (golden.Fault is { } noImage)
                return noImage;
            var chain = disks.Chain(machine.Kind, golden.Value, machine.Qemu.Directory);
            if (await LivePublishCheck.CheckAsync(machine, chain.Files.Count, cancellationToken) is { } unfit)
                return unfit;
            limits.AllowCopy(machine.Qemu.Directory, machine.Shape!);
            if (!admission.ForLivePublish(machine.Shape!.MemoryMib, HostMeter.DiskOf(machine.Qemu.Directory)).TryGet(out var room, out var lack))
                return lack;
            return await IntoAsync(Stage(name, machine, room), machine, golden.Value, chain, progress, cancellationToken);
        }
        catch (QmpException error)
        {
            return new Fault(ErrorCode.PublishFailed, what, error.Message, "The machine goes on. If this persists, look at its log and the host's.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return LiveCopyWriter.NotWritten(error, what, data);
        }
    }

    private LiveCopy Stage(string name, Machine machine, Reservation room)
    {
        try
        {
            // The same state comes never again: the version is a number like any other.
            var id = new ImageVersion(name, Guid.NewGuid().ToString("N")[..12]);
            var files = new WarmFiles(warm.FilesOf(id).Directory + WarmFiles.StagingSuffix);
            return new LiveCopy(id, images.Stage(name), files, machine.Shape!, new WarmWriter(files, time) { Os = machine.Os }, room);
        }
        catch
        {
            room.Dispose();
            throw;
        }
    }

    private async Task<Outcome<LiveCopy>> IntoAsync(
        LiveCopy copy, Machine machine, GoldenImage golden, DiskChain chain, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var whole = false;
        try
        {
            progress.Report(new StepProgress("Preparing the copy", 0));
            if (await StartReceiverAsync(copy, golden, cancellationToken) is { } notStarted)
                return notStarted;
            progress.Report(new StepProgress("Copying memory while the machine goes on", 5));
            if (await SendAsync(copy, machine, cancellationToken) is { } notSent)
                return notSent;
            progress.Report(new StepProgress("Making the disk's image", 50));
            copy.Manifest = await LayeredVersion.MakeAsync(
                copy.Version.Directory, golden, machine.Qemu.Directory.Path, chain.Files, time.GetUtcNow(), cancellationToken);
            whole = true;
            return copy;
        }
        finally
        {
            if (!whole)
                await copy.DisposeAsync();
        }
    }

    /// <summary>Step 1. Null when it waits.</summary>
    private async Task<Fault?> StartReceiverAsync(LiveCopy copy, GoldenImage golden, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(copy.Warm.Directory);
        if (await overlays.CreateAsync(copy.Warm.EmptyOverlay, golden.Manifest.Disk.VirtualBytes, cancellationToken) is { Fault: { } noOverlay })
            return noOverlay;
        // A parent's writes lie in its frozen disk. What has written here lies below, and this stays empty.
        File.Copy(copy.Warm.EmptyOverlay, copy.Warm.FrozenDisk);
        var started = await Receiver.StartAsync(launcher, data, copy.Shape, copy.Warm.FrozenDisk, copy.Memory!, cancellationToken);
        copy.Receiver = started.Fault is null ? started.Value : null;
        return started.Fault;
    }

    /// <summary>Steps 2 and 3. Null when all has come.</summary>
    private async Task<Fault?> SendAsync(LiveCopy copy, Machine machine, CancellationToken cancellationToken)
    {
        var layer = await SourceLayer.MakeAsync(machine, copy.Warm.EmptyOverlay, cancellationToken);
        var (ours, theirs) = SocketPair.CreateForOthers();
        // QEMU can save the state of no clipboard channel, and a receiver has none.
        var clipboard = await machine.Qemu.Clipboard.UnplugAsync(machine.Qemu.Qmp, cancellationToken);
        try
        {
            using (theirs)
                await copy.Receiver!.ListenAsync(theirs, cancellationToken);
            copy.Writer.MarkStart();
            Outcome<TimeSpan> sent;
            using (ours)
                sent = await new RunningSource(machine, options.LiveCopyDeadline, time).SendAsync(ours, layer, cancellationToken);
            if (sent.Fault is { } notSent)
                return notSent;
            copy.Writer.MarkDrawn();
            copy.Writer.PauseSeconds = sent.Value.TotalSeconds;
            LogPause(machine.Hostname, sent.Value.TotalMilliseconds, copy.Id);
            return await copy.Receiver.LoadedAsync(cancellationToken);
        }
        finally
        {
            await layer.RemoveUnusedAsync();
            await machine.Qemu.Clipboard.ReplugAsync(machine.Qemu.Qmp, clipboard);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, EventId = 240, Message = "{Hostname} stood still for {Milliseconds:0} ms while it was copied into {Image}")]
    private partial void LogPause(string hostname, double milliseconds, ImageVersion image);
}
