using System.Text.Json;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Measuring;
using Mayfly.Engine.Processes;

namespace Mayfly.VersusBench;

/// <summary>Puts the ways together, measures them, and lets nothing of them be left.</summary>
internal static class Versus
{
    /// <summary>Measures, and writes down what it has come to after each step: a run that is stopped is not lost.</summary>
    /// <param name="services">Of an engine.</param>
    /// <param name="options">What to measure.</param>
    /// <param name="file">File to write.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    public static async Task MeasureAsync(IServiceProvider services, VersusOptions options, string file, CancellationToken cancellationToken)
    {
        var house = await House.OpenAsync(services, options.Image, cancellationToken);
        var facts = await HostFactsAsync(house, cancellationToken);
        await using var saved = new SavedGuest(house);
        var ways = WaysOf(house, saved);
        try
        {
            var run = new VersusRun(ways, options);
            var guest = new GuestFacts(house.Shape.MemoryMib, house.Shape.Cpus);
            await run.RunAsync(
                () => File.WriteAllTextAsync(file, JsonSerializer.Serialize(new VersusReport(options.Image, facts, guest, run.Results), VersusJson.Options), cancellationToken),
                cancellationToken);
        }
        finally
        {
            foreach (var way in ways)
                await way.EndAsync();
        }
    }

    private static IReadOnlyList<Way> WaysOf(House house, SavedGuest saved) =>
    [
        new MayflyWay(house, ProvisioningKind.Instant, true, "fork", "Mayfly fork, shell ready", "A shell held ready loads the device state; ClonePrep."),
        new MayflyWay(house, ProvisioningKind.Instant, false, "fork-cold", "Mayfly fork, no shell", "QEMU starts, loads the device state; ClonePrep."),
        new LibvirtWay(house, new LibvirtDaemon(house.Account, house.Watcher, house.Data)),
        new QemuWay(house, saved, true, "loadvm", "QEMU -loadvm", "QEMU starts on a copy of the disk and loads the internal snapshot in it; the copy is there beforehand."),
        new QemuWay(house, saved, false, "incoming", "QEMU -incoming", "QEMU starts on an overlay and reads a file with all memory; the overlay is there beforehand."),
        new MayflyWay(house, ProvisioningKind.Linked, false, "linked", "boot of a linked clone", "An overlay on the golden disk is made and booted, until the desktop is drawn; ClonePrep."),
        new MayflyWay(house, ProvisioningKind.Full, false, "full", "boot of a full clone", "The golden disk is copied and booted, until the desktop is drawn; ClonePrep."),
    ];

    private static async Task<HostFacts> HostFactsAsync(House house, CancellationToken cancellationToken)
    {
        var libvirt = (await new ToolRunner().RunAsync(new ToolStart("virsh", "libvirt-clients", ["--version"]), cancellationToken)).OrThrow();
        return new HostFacts(
            TimeProvider.System.GetUtcNow(), HostCpu.Model, Environment.ProcessorCount, HostMemory.OfHost("MemTotal"),
            (await File.ReadAllTextAsync("/proc/sys/kernel/osrelease", cancellationToken)).Trim(), house.Shape.Accelerator, house.Runtime.Qemu.Version.ToString(), libvirt.Output.Trim());
    }
}
