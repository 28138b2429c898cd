using Mayfly.Contracts;
using Mayfly.Engine.Booting;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Forking;
using Mayfly.Engine.Guests;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Images;
using Mayfly.Engine.Limits;
using Mayfly.Engine.LivePublishing;
using Mayfly.Engine.Networks;
using Mayfly.Engine.Processes;
using Mayfly.Engine.Publishing;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine;

/// <summary>All that needs a working QEMU, put together once one is found: a host without one still answers, and says what it lacks.</summary>
internal sealed class HostRuntime : IAsyncDisposable
{
    private HostRuntime(
        EngineOptions options, DataDirectory data, QemuInstallation qemu, VmAccount account, ImageStore images, AddressSlots slots, ControlGroups limits,
        ProcessWatcher watcher, ILogger logger, TimeProvider time)
    {
        Qemu = qemu;
        var admission = new Admission(options, data);
        var launcher = new QemuLauncher(qemu, account, limits, watcher, logger, time);
        Accelerators = new Accelerators(options, data, qemu, account, new KvmProbe(qemu, account, watcher, data, logger, time));
        WarmImages = new WarmImageStore(data, images);
        var shapes = new ShapeMaker(qemu, Accelerators);
        Publisher = new Publisher(options, data, launcher, shapes, admission, new OverlayMaker(), time);
        var shells = new ShellFactory(data, launcher, admission, slots);
        var forks = new ForkGate();
        Rack = new ShellRack(shells, forks, WarmAsync, logger, time);
        var preparer = new Preparer(new IdentityMaker(time), options);
        Forker = new Forker(Rack, shells, forks, preparer, time);
        var disks = new BootDisks(new OverlayMaker(), WarmImages);
        LivePublisher = new LivePublisher(options, data, images, WarmImages, disks, launcher, admission, limits, new OverlayMaker(), logger, time);
        LiveCopies = new LiveCopyWriter(data, images, WarmImages, qemu);
        Booter = new Booter(data, images, shapes, admission, slots, disks, new ColdBoot(launcher, preparer, options, time));
    }

    /// <summary>The QEMU found.</summary>
    public QemuInstallation Qemu { get; }

    /// <summary>What machines run on.</summary>
    public Accelerators Accelerators { get; }

    /// <summary>The warm images.</summary>
    public WarmImageStore WarmImages { get; }

    /// <summary>Makes warm images.</summary>
    public Publisher Publisher { get; }

    /// <summary>Copies running machines.</summary>
    public LivePublisher LivePublisher { get; }

    /// <summary>Makes images of the copies of running machines.</summary>
    public LiveCopyWriter LiveCopies { get; }

    /// <summary>Shells held ready.</summary>
    public ShellRack Rack { get; }

    /// <summary>Makes machines by forking.</summary>
    public Forker Forker { get; }

    /// <summary>Makes machines by booting, and starts kept ones.</summary>
    public Booter Booter { get; }

    /// <summary>Finds what is needed and puts it together. Faults: QemuMissing, QemuTooOld, VmUserMissing.</summary>
    public static async Task<Outcome<HostRuntime>> CreateAsync(
        EngineOptions options, DataDirectory data, ImageStore images, AddressSlots slots, ControlGroups limits, ProcessWatcher watcher, ILogger logger,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var qemu = await QemuInstallation.FindAsync(cancellationToken);
        if (qemu.Fault is { } noQemu)
            return noQemu;
        return VmAccount.Find(options.VmUser) is { } account
            ? new HostRuntime(options, data, qemu.Value, account, images, slots, limits, watcher, logger, time)
            : new Fault(
                ErrorCode.VmUserMissing, $"There is no system user '{options.VmUser}' to run QEMU as.", "Mayfly never runs QEMU as root.",
                $"Make it with: useradd --system --no-create-home --shell /usr/sbin/nologin {options.VmUser}");
    }

    /// <summary>A warm image, verified and loaded.</summary>
    public Task<Outcome<WarmImage>> WarmAsync(ImageVersion image, CancellationToken cancellationToken) =>
        WarmImages.GetAsync(image, Qemu, Accelerators, cancellationToken);

    /// <summary>Lets shells and loaded memory go. Machines go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await Rack.DisposeAsync();
        WarmImages.Dispose();
        Accelerators.Dispose();
    }
}
