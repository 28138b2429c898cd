using System.Diagnostics;
using Mayfly.Contracts.Api;
using Mayfly.Engine;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Measuring;

namespace Mayfly.VersusBench;

/// <summary>Machines that Mayfly makes: forked, or booted from an overlay or a copy of the golden disk.</summary>
/// <param name="house">What makes them.</param>
/// <param name="kind">How they are made.</param>
/// <param name="shell">True for forks that take a shell held ready.</param>
/// <param name="key">Tells it from the others.</param>
/// <param name="name">Its name, for a table.</param>
/// <param name="about">What is done from the request to READY, a sentence.</param>
internal sealed class MayflyWay(House house, ProvisioningKind kind, bool shell, string key, string name, string about) : Way(key, name, about)
{
    private const int PictureWidth = 320;
    private static readonly TimeSpan ShellWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override bool Boots => kind != ProvisioningKind.Instant;

    /// <inheritdoc/>
    // A crowd soon uses up the shells there are, and copies of a whole disk differ from overlays in their disk alone.
    public override bool Crowds => !shell && kind != ProvisioningKind.Full;

    /// <inheritdoc/>
    public override long SavedBytes => Boots ? 0 : Directory.GetFiles(house.Runtime.WarmImages.FilesOf(house.Image).Directory).Sum(file => FileBlocks.Of(file)?.Bytes ?? 0);

    /// <inheritdoc/>
    public override async Task<long> SharedBytesAsync(CancellationToken cancellationToken) =>
        Boots ? 0 : (await house.Machines.MeasureAsync(cancellationToken)).SharedBytes;

    /// <inheritdoc/>
    public override async Task GetReadyAsync(int count, CancellationToken cancellationToken)
    {
        house.Machines.Expect(shell ? new Dictionary<ImageVersion, int> { [house.Image] = count } : []);
        var since = Stopwatch.GetTimestamp();
        while (house.Runtime.Rack.Ready(house.Image) != (shell ? count : 0))
        {
            if (Stopwatch.GetElapsedTime(since) > ShellWait)
                throw new TimeoutException("The shells did not get ready.");
            await Task.Delay(Look, cancellationToken);
        }

        // A pause as between two people.
        await Task.Delay(Pause, cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<Clone> StartAsync(int number, CancellationToken cancellationToken)
    {
        var id = $"versus-{Guid.NewGuid():N}";
        var request = new ProvisionRequest(id, $"versus-{number}", house.Image) { Kind = kind };
        var asked = Stopwatch.GetTimestamp();
        double running = 0;
        void OnProgress(HostMachine machine) => running = running > 0 ? running : Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
        var made = (await house.Machines.ProvisionAsync(request, OnProgress, cancellationToken)).OrThrow();
        var ready = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
        var clone = new Clone(() => house.Machines.DestroyAsync(id))
        {
            ProcessId = made.ProcessId,
            RunningMs = running,
            ReadyMs = ready,
            Files = DisksOf(made.ProcessId),
            Picture = async token => (await house.Machines.CaptureAsync(id, PictureWidth, token)).OrThrow(),
        };
        if (!shell || made.Timeline.ShellReady)
            return clone;
        await clone.DisposeAsync();
        throw new InvalidOperationException("No shell was ready.");
    }

    /// <inheritdoc/>
    public override Task RestAsync()
    {
        house.Machines.Expect(new Dictionary<ImageVersion, int>());
        return Task.CompletedTask;
    }

    /// <summary>The one file a machine writes to; QEMU has it open, and its directory is named like its process.</summary>
    private List<string> DisksOf(int processId)
    {
        var arguments = File.ReadAllText($"/proc/{processId}/cmdline").Split('\0');
        var uuid = Guid.Parse(arguments[Array.IndexOf(arguments, "-uuid") + 1]);
        var directory = MachineDirectory.Of(house.Data.Machines, uuid);
        return [directory.Disk("qcow2"), directory.Disk("raw")];
    }
}
