using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Qmp;

namespace Mayfly.Engine.Watching;

/// <summary>
/// Says why a guest stands still, and lets one go on that waited for room on the disk. QEMU stops a guest whose write finds no room, and
/// repeats the write when the guest goes on: nothing is lost.
/// </summary>
internal sealed class Standstill(string hostname, DataDirectory data, EngineOptions options, TimeProvider time)
{
    private long? _continued;

    /// <summary>True for an error of the disk that QEMU passed on to the guest instead of stopping it.</summary>
    public static bool IsDiskError(QmpEvent happened) =>
        happened.Name == "BLOCK_IO_ERROR" && happened.Data.TryGetProperty("action", out var action) && action.GetString() == "report";

    /// <summary>What such an error means.</summary>
    public Fault DiskError(QmpEvent happened) => Unresponsive(
        $"The disk of {hostname} failed, and its guest was told so.",
        $"The host could not {(happened.Data.TryGetProperty("operation", out var operation) ? operation.GetString() : "use")} it: {Reason(happened.Data)}.");

    /// <summary>The fault of a guest that stands still.</summary>
    /// <param name="qmp">Its QEMU.</param>
    /// <param name="status">QEMU's word for its state.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="QmpException">QEMU does not answer.</exception>
    public async Task<Fault> TreatAsync(QmpClient qmp, string status, CancellationToken cancellationToken)
    {
        if (status != "io-error")
            return Unresponsive($"{hostname} stands still.", $"QEMU calls its state '{status}'.");
        if (await qmp.QueryDiskStatusAsync(cancellationToken) != "nospace")
            return Unresponsive($"{hostname} stands still.", "The host could not read or write its disk.");
        if (HasRoom() && MayContinue())
            await qmp.ContinueAsync(cancellationToken);
        return new Fault(
            ErrorCode.MachineDiskFull, $"{hostname} stands still: there is no room for what it writes.", $"The disk of {data.Root} is full.",
            $"Make room on that disk. {hostname} goes on by itself, without loss, once more than {options.DiskReserveBytes >> 20} MiB are free.");
    }

    private static string Reason(JsonElement data) => data.TryGetProperty("reason", out var reason) ? reason.GetString() ?? "an error" : "an error";

    private static Fault Unresponsive(string what, string why) => new(
        ErrorCode.MachineUnresponsive, what, why, "Look at the host's disk and its kernel log (dmesg). If it stays like this, delete the machine.");

    private bool HasRoom() => new DriveInfo(data.Root).AvailableFreeSpace > options.DiskReserveBytes;

    /// <summary>Once an interval: a write that finds no room for another reason, such as a quota, would stop and go on without end.</summary>
    private bool MayContinue()
    {
        if (_continued is { } last && time.GetElapsedTime(last) < options.WatchInterval)
            return false;
        _continued = time.GetTimestamp();
        return true;
    }
}
