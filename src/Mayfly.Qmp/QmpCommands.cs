using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mayfly.Qmp;

/// <summary>The QMP commands Mayfly uses, typed.</summary>
public static class QmpCommands
{
    /// <summary>Status word of the machine: "running", "paused", "inmigrate", "internal-error" and so on.</summary>
    public static async Task<string> QueryStatusAsync(this QmpClient qmp, CancellationToken cancellationToken, TimeSpan? deadline = null)
    {
        var status = await qmp.ExecuteAsync("query-status", null, deadline ?? QmpDeadlines.Quick, cancellationToken);
        return status.GetProperty("status").GetString()!;
    }

    /// <summary>How writing to the disks goes: "nospace" when the host had no room, "failed" after another error, otherwise "ok".</summary>
    public static async Task<string> QueryDiskStatusAsync(this QmpClient qmp, CancellationToken cancellationToken)
    {
        var disks = await qmp.ExecuteAsync("query-block", null, QmpDeadlines.Quick, cancellationToken);
        var states = disks.EnumerateArray().Select(disk => disk.TryGetProperty("io-status", out var state) ? state.GetString() : null).ToList();
        return states.Contains("nospace") ? "nospace" : states.Contains("failed") ? "failed" : "ok";
    }

    /// <summary>The machine's UUID as given on its command line.</summary>
    public static async Task<Guid> QueryUuidAsync(this QmpClient qmp, CancellationToken cancellationToken)
    {
        var answer = await qmp.ExecuteAsync("query-uuid", null, QmpDeadlines.Quick, cancellationToken);
        return answer.GetProperty("UUID").GetGuid();
    }

    /// <summary>Stops the guest's CPUs.</summary>
    public static Task StopAsync(this QmpClient qmp, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("stop", null, QmpDeadlines.Quick, cancellationToken);

    /// <summary>Lets the guest's CPUs run.</summary>
    public static Task ContinueAsync(this QmpClient qmp, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("cont", null, QmpDeadlines.Quick, cancellationToken);

    /// <summary>Presses the power button: a guest that heeds it shuts down.</summary>
    public static Task PowerDownAsync(this QmpClient qmp, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("system_powerdown", null, QmpDeadlines.Quick, cancellationToken);

    /// <summary>Ends QEMU in order.</summary>
    public static Task QuitAsync(this QmpClient qmp, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("quit", null, QmpDeadlines.Quick, cancellationToken);

    /// <summary>
    /// Prepares a migration that leaves shared guest memory out of the stream (x-ignore-shared) and tells its progress by events.
    /// Both ends need it.
    /// </summary>
    public static Task PrepareMigrationAsync(this QmpClient qmp, CancellationToken cancellationToken) =>
        qmp.SetMigrationCapabilitiesAsync(ignoreShared: true, pauseBeforeSwitchover: false, cancellationToken);

    /// <summary>
    /// Has nothing announced once a state is loaded: a clone is no machine that has moved. QEMU would have the guest do it, whose kernel waits for
    /// ever when its card is taken down before it has (Linux 6.12: virtnet_close awaits the work that awaits the lock which the closing holds).
    /// </summary>
    public static Task AnnounceNothingAsync(this QmpClient qmp, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("migrate-set-parameters", Named("announce-rounds", 0), QmpDeadlines.Quick, cancellationToken);

    /// <summary>Gives QEMU a file descriptor under a name.</summary>
    public static Task GetDescriptorAsync(this QmpClient qmp, string name, SafeHandle descriptor, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("getfd", new { fdname = name }, QmpDeadlines.Quick, cancellationToken, descriptor);

    /// <summary>Gives QEMU a file descriptor it can name as a file, <c>/dev/fdset/N</c>; returns N. QEMU opens it only in the very mode it has.</summary>
    public static async Task<long> AddDescriptorAsync(this QmpClient qmp, SafeHandle descriptor, CancellationToken cancellationToken)
    {
        var added = await qmp.ExecuteAsync("add-fd", null, QmpDeadlines.Quick, cancellationToken, descriptor);
        return added.GetProperty("fdset-id").GetInt64();
    }

    /// <summary>Takes back a descriptor that QEMU was given as a file.</summary>
    public static Task RemoveDescriptorAsync(this QmpClient qmp, long set, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("remove-fd", Named("fdset-id", set), QmpDeadlines.Quick, cancellationToken);

    /// <summary>Writes what the first screen shows into a descriptor given before, as a PPM file.</summary>
    public static Task DumpScreenAsync(this QmpClient qmp, long set, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("screendump", new { filename = $"/dev/fdset/{set}" }, QmpDeadlines.Quick, cancellationToken);

    /// <summary>Writes the device state to a descriptor given before; returns when it is complete.</summary>
    /// <exception cref="QmpException">The migration failed.</exception>
    public static Task MigrateAsync(this QmpClient qmp, string descriptorName, CancellationToken cancellationToken) =>
        qmp.RunMigrationAsync("migrate", descriptorName, cancellationToken);

    /// <summary>Loads the device state from a descriptor given before; returns when it is complete and the guest stands still.</summary>
    /// <exception cref="QmpException">The state does not fit this QEMU or this machine.</exception>
    public static Task MigrateIncomingAsync(this QmpClient qmp, string descriptorName, CancellationToken cancellationToken) =>
        qmp.RunMigrationAsync("migrate-incoming", descriptorName, cancellationToken);

    /// <summary>Plugs or unplugs the network cable of a device.</summary>
    public static Task SetLinkAsync(this QmpClient qmp, string device, bool up, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("set_link", new { name = device, up }, QmpDeadlines.Quick, cancellationToken);

    /// <summary>Makes a descriptor given before a client of the VNC server.</summary>
    public static Task AddVncClientAsync(this QmpClient qmp, string descriptorName, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("add_client", new { protocol = "vnc", fdname = descriptorName, skipauth = true }, QmpDeadlines.Quick, cancellationToken);

    /// <summary>True when there is a device with that id.</summary>
    public static async Task<bool> HasDeviceAsync(this QmpClient qmp, string id, CancellationToken cancellationToken)
    {
        var devices = await qmp.ExecuteAsync("qom-list", new { path = "/machine/peripheral" }, QmpDeadlines.Quick, cancellationToken);
        return devices.EnumerateArray().Any(device => device.GetProperty("name").GetString() == id);
    }

    /// <summary>True when there is a character device of that name.</summary>
    public static async Task<bool> HasChannelAsync(this QmpClient qmp, string name, CancellationToken cancellationToken)
    {
        var channels = await qmp.ExecuteAsync("query-chardev", null, QmpDeadlines.Quick, cancellationToken);
        return channels.EnumerateArray().Any(channel => channel.GetProperty("label").GetString() == name);
    }

    /// <summary>Adds QEMU's own end of the desktop's clipboard channel, which VNC clients then share.</summary>
    public static Task AddClipboardChannelAsync(this QmpClient qmp, string name, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync(
            "chardev-add", new { id = name, backend = new { type = "qemu-vdagent", data = new { clipboard = true, mouse = false } } },
            QmpDeadlines.Quick, cancellationToken);

    /// <summary>Plugs a port into the guest's serial bus.</summary>
    /// <param name="qmp">The connection.</param>
    /// <param name="id">Id of the new device.</param>
    /// <param name="channel">Channel it leads to.</param>
    /// <param name="port">Port name the guest sees.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static Task AddSerialPortAsync(this QmpClient qmp, string id, string channel, string port, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("device_add", new { driver = "virtserialport", id, chardev = channel, name = port }, QmpDeadlines.Heavy, cancellationToken);

    /// <summary>Gives QEMU a file descriptor it can name as a file, under a name by which it is found again (<see cref="FindDescriptorsAsync"/>).</summary>
    public static async Task<long> AddDescriptorAsync(this QmpClient qmp, SafeHandle descriptor, string name, CancellationToken cancellationToken)
    {
        var added = await qmp.ExecuteAsync("add-fd", new { opaque = name }, QmpDeadlines.Quick, cancellationToken, descriptor);
        return added.GetProperty("fdset-id").GetInt64();
    }

    /// <summary>Numbers of the descriptors that were given under a name.</summary>
    public static async Task<IReadOnlyList<long>> FindDescriptorsAsync(this QmpClient qmp, string name, CancellationToken cancellationToken)
    {
        var sets = await qmp.ExecuteAsync("query-fdsets", null, QmpDeadlines.Quick, cancellationToken);
        return
        [
            .. sets.EnumerateArray()
                .Where(set => set.GetProperty("fds").EnumerateArray().Any(one => one.TryGetProperty("opaque", out var opaque) && opaque.GetString() == name))
                .Select(set => set.GetProperty("fdset-id").GetInt64()),
        ];
    }

    /// <summary>Ids of all devices that have one.</summary>
    public static async Task<IReadOnlyList<string>> ListDevicesAsync(this QmpClient qmp, CancellationToken cancellationToken)
    {
        var devices = await qmp.ExecuteAsync("qom-list", new { path = "/machine/peripheral" }, QmpDeadlines.Quick, cancellationToken);
        return [.. devices.EnumerateArray().Select(device => device.GetProperty("name").GetString()!)];
    }

    /// <summary>Opens the node of a disk.</summary>
    /// <param name="qmp">The connection.</param>
    /// <param name="node">The node as blockdev-add takes it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static Task AddNodeAsync(this QmpClient qmp, JsonObject node, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("blockdev-add", node, QmpDeadlines.Heavy, cancellationToken);

    /// <summary>Closes the node of a disk, with all it has still to write.</summary>
    public static Task RemoveNodeAsync(this QmpClient qmp, string name, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("blockdev-del", Named("node-name", name), QmpDeadlines.Heavy, cancellationToken);

    /// <summary>True when there is a node of that name.</summary>
    public static async Task<bool> HasNodeAsync(this QmpClient qmp, string name, CancellationToken cancellationToken)
    {
        var nodes = await qmp.ExecuteAsync("query-named-block-nodes", new { flat = true }, QmpDeadlines.Quick, cancellationToken);
        return nodes.EnumerateArray().Any(node => node.TryGetProperty("node-name", out var own) && own.GetString() == name);
    }

    /// <summary>Plugs a disk into a SCSI bus.</summary>
    /// <param name="qmp">The connection.</param>
    /// <param name="id">Id of the new device.</param>
    /// <param name="bus">The bus.</param>
    /// <param name="node">What is on it.</param>
    /// <param name="serial">Serial number the guest sees, at most 36 characters.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static Task AddDiskAsync(this QmpClient qmp, string id, string bus, string node, string serial, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("device_add", new { driver = "scsi-hd", id, bus, drive = node, serial }, QmpDeadlines.Heavy, cancellationToken);

    /// <summary>Unplugs a device and waits until it is gone.</summary>
    /// <exception cref="QmpException">There is no such device, or it did not go.</exception>
    public static async Task RemoveDeviceAsync(this QmpClient qmp, string id, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var gone = qmp.NextEventAsync(
            happened => happened.Name == "DEVICE_DELETED" && happened.Data.TryGetProperty("device", out var device) && device.GetString() == id, waiting.Token);
        try
        {
            await qmp.ExecuteAsync("device_del", new { id }, QmpDeadlines.Quick, cancellationToken);
            await qmp.WithinAsync(gone, $"unplugging {id}", QmpDeadlines.Heavy, cancellationToken);
        }
        finally
        {
            await waiting.CancelAsync();
            await ((Task)gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Names with a dash, which an anonymous type can not have.
    private static Dictionary<string, object> Named(string name, object value) => new() { [name] = value };

    internal static Task SetMigrationCapabilitiesAsync(this QmpClient qmp, bool ignoreShared, bool pauseBeforeSwitchover, CancellationToken cancellationToken)
    {
        object[] capabilities =
        [
            new { capability = "events", state = true },
            new { capability = "x-ignore-shared", state = ignoreShared },
            new { capability = "pause-before-switchover", state = pauseBeforeSwitchover },
        ];
        return qmp.ExecuteAsync("migrate-set-capabilities", new { capabilities }, QmpDeadlines.Quick, cancellationToken);
    }

    /// <summary>The first of some words for a migration's status that QEMU tells from now on.</summary>
    internal static async Task<string> NextMigrationStatusAsync(this QmpClient qmp, string[] words, CancellationToken cancellationToken)
    {
        var told = await qmp.NextEventAsync(happened => happened.Name == "MIGRATION" && words.Contains(MigrationStatus(happened)), cancellationToken);
        return MigrationStatus(told)!;
    }

    private static async Task RunMigrationAsync(this QmpClient qmp, string command, string descriptorName, CancellationToken cancellationToken)
    {
        var ended = qmp.NextMigrationStatusAsync(["completed", "failed"], cancellationToken);
        await qmp.ExecuteAsync(command, new { uri = $"fd:{descriptorName}" }, QmpDeadlines.Heavy, cancellationToken);
        if (await ended == "failed")
            throw new QmpException(QmpFailure.CommandRefused, $"QEMU could not complete '{command}'.");
    }

    private static string? MigrationStatus(QmpEvent happened) =>
        happened.Data.ValueKind == JsonValueKind.Object && happened.Data.TryGetProperty("status", out var status) ? status.GetString() : null;
}
