using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Images;
using Mayfly.Engine.Volumes;

namespace Mayfly.Engine.Packages.Capturing;

/// <summary>
/// Captures: what is written below /usr, /opt and /etc of a machine goes to a volume of its own, and from there, packed by the guest and
/// checked like any other archive, into a package.
/// </summary>
internal sealed class CaptureDesk(MachineHost machines, PackageStore store, PackageMaker maker, VolumeMaker volumes, GuestInstaller installer)
{
    private const string OutputSerial = "output";
    private const int PackSeconds = 3600;

    // A tar archive of many small files is larger than they are on the volume; holes take no room.
    private const int OutputPart = 2;
    private const long OutputExtra = 64L << 20;

    /// <summary>Begins one. Faults: those of an attach, NotFound, InvalidRequest, MachineStateWrong.</summary>
    public async Task<Outcome<Done>> BeginAsync(string machineId, string? basePackage, int sizeMib, CancellationToken cancellationToken)
    {
        if (machines.Running(machineId) is not { } machine)
            return Unknown(machineId);
        var capture = new Capture(machines, machine, new CaptureMark(basePackage, sizeMib));
        if ((VolumeSize.Check(sizeMib) ?? (basePackage is null ? null : store.Find(basePackage).Fault)) is { } refused)
            return refused;
        if (capture.Files.Read() is not null)
            return new Fault(ErrorCode.MachineStateWrong, $"A capture in {machine.Hostname} is under way already.");
        var begun = await BeginAsync(capture, cancellationToken);
        return begun is { } fault ? fault : Done.Yes;
    }

    /// <summary>Opens a terminal of root on the desktop, with the image's own program for it, if it has one. Faults: CaptureFailed, NotFound.</summary>
    public async Task<Outcome<Done>> OpenTerminalAsync(string machineId, CancellationToken cancellationToken)
    {
        const string program = "/usr/lib/mayfly/administer";
        const int seconds = 60;
        if (!Find(machineId).TryGet(out var capture, out var unknown))
            return unknown;
        string[] command = ["sh", "-c", $"[ ! -x {program} ] || exec {program}"];
        return await capture.RunAsync("Opening a terminal of root", command, seconds, cancellationToken) is { } fault ? fault : Done.Yes;
    }

    /// <summary>Installs into a machine of a capture. Faults: CaptureFailed, NotFound, ToolMissing, HostDiskLow.</summary>
    public async Task<Outcome<Done>> InstallAsync(string machineId, CaptureSource source, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        if (!Find(machineId).TryGet(out var capture, out var unknown))
            return unknown;
        try
        {
            return await installer.InstallAsync(capture, source, progress, cancellationToken) is { } fault ? fault : Done.Yes;
        }
        catch (IOException error) when (DiskFault.When(error, "There is no room for what is to be installed.", capture.Machine.Qemu.Directory.Path) is { } full)
        {
            return full;
        }
    }

    /// <summary>Packs what was changed. Faults: CaptureFailed, NotFound, and those of <see cref="PackageMaker.MakeAsync"/>.</summary>
    public async Task<Outcome<PackageManifest>> FinishAsync(
        string packageId, string machineId, PackageRules rules, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        if (!Find(machineId).TryGet(out var capture, out var unknown))
            return unknown;
        if (store.Reserve(packageId) is { } taken)
            return taken;
        try
        {
            progress.Report(new StepProgress("Packing what was changed", 0));
            if (!(await PackAsync(capture, cancellationToken)).TryGet(out var report, out var fault))
                return fault;
            return await maker.MakeAsync(Order(packageId, capture, report, rules), progress, cancellationToken);
        }
        finally
        {
            File.Delete(capture.Files.Output);
        }
    }

    private async Task<Fault?> BeginAsync(Capture capture, CancellationToken cancellationToken)
    {
        var begun = false;
        try
        {
            var directory = capture.Machine.Qemu.Directory.Path;
            if (DiskSpace.Require(directory, OutputExtra, "capture a package") is { } low)
                return low;
            File.Delete(capture.Files.Volume);
            if ((await volumes.MakeAsync(capture.Files.Volume, capture.Mark.SizeMib, cancellationToken)).Fault is { } notMade)
                return notMade;
            if (await capture.AttachAsync(input: false, output: false, cancellationToken) is { } notAttached)
                return notAttached;
            await capture.Files.WriteAsync(capture.Mark, cancellationToken);
            begun = true;
            return null;
        }
        catch (IOException error) when (DiskFault.When(error, "There is no room for a capture.", capture.Machine.Qemu.Directory.Path) is { } full)
        {
            return full;
        }
        finally
        {
            if (!begun)
                File.Delete(capture.Files.Volume);
        }
    }

    private static async Task<Outcome<PackReport>> PackAsync(Capture capture, CancellationToken cancellationToken)
    {
        capture.MakeOutput(((long)capture.Mark.SizeMib << 20) * OutputPart + OutputExtra);
        Outcome<PackReport> packed;
        Fault? stays;
        try
        {
            if (await capture.AttachAsync(input: false, output: true, cancellationToken) is { } fault)
                return fault;
            packed = await capture.Machine.Agent.PackAsync(new PackRequest(OutputSerial, PackSeconds), cancellationToken);
        }
        finally
        {
            // Also when it failed or nobody waits any more: the capture can go on, with another disk.
            stays = await capture.AttachAsync(input: false, output: false, CancellationToken.None);
        }

        if (packed.Fault is { Code: ErrorCode.AgentRefused } refused)
            return new Fault(ErrorCode.CaptureFailed, "The guest could not pack what was changed.", refused.Why);
        return packed.Fault is null && stays is not null ? stays : packed;
    }

    private PackageOrder Order(string packageId, Capture capture, PackReport report, PackageRules rules) => new(packageId, capture.Files.Output, rules)
    {
        Name = $"What was changed in {capture.Machine.Hostname}",
        Length = Math.Min(report.Bytes, new FileInfo(capture.Files.Output).Length),
        Os = machines.Machines.FirstOrDefault(machine => machine.MachineId == capture.Machine.Id)?.Os,
        Base = capture.Mark.BasePackage is { } below ? PackageStore.FileIn(store.DirectoryOf(below)) : null,
    };

    private Outcome<Capture> Find(string machineId) => machines.Running(machineId) is not { } machine
        ? Unknown(machineId)
        : new CaptureFiles(machine.Qemu.Directory).Read() is { } mark
            ? new Capture(machines, machine, mark)
            : new Fault(ErrorCode.NotFound, $"No capture is under way in {machine.Hostname}.", Remedy: "Begin one first.");

    private static Fault Unknown(string machineId) => new(ErrorCode.NotFound, $"There is no running machine with id {machineId} on this host.");
}
