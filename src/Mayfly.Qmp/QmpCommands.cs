using System.Runtime.InteropServices;
using System.Text.Json;

namespace Mayfly.Qmp;

/// <summary>The QMP commands Mayfly uses, typed.</summary>
public static class QmpCommands
{
    /// <summary>Status word of the machine: "running", "paused", "inmigrate", "internal-error" and so on.</summary>
    public static async Task<string> QueryStatusAsync(this QmpClient qmp, CancellationToken cancellationToken)
    {
        var status = await qmp.ExecuteAsync("query-status", null, QmpDeadlines.Quick, cancellationToken);
        return status.GetProperty("status").GetString()!;
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

    /// <summary>Ends QEMU in order.</summary>
    public static Task QuitAsync(this QmpClient qmp, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("quit", null, QmpDeadlines.Quick, cancellationToken);

    /// <summary>
    /// Prepares a migration that leaves shared guest memory out of the stream (x-ignore-shared) and tells its progress by events.
    /// Both ends need it.
    /// </summary>
    public static Task PrepareMigrationAsync(this QmpClient qmp, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("migrate-set-capabilities", new { capabilities = MigrationCapabilities }, QmpDeadlines.Quick, cancellationToken);

    /// <summary>Gives QEMU a file descriptor under a name.</summary>
    public static Task GetDescriptorAsync(this QmpClient qmp, string name, SafeHandle descriptor, CancellationToken cancellationToken) =>
        qmp.ExecuteAsync("getfd", new { fdname = name }, QmpDeadlines.Quick, cancellationToken, descriptor);

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

    private static readonly object[] MigrationCapabilities =
    [
        new { capability = "x-ignore-shared", state = true },
        new { capability = "events", state = true },
    ];

    private static async Task RunMigrationAsync(this QmpClient qmp, string command, string descriptorName, CancellationToken cancellationToken)
    {
        var ended = qmp.NextEventAsync(happened => happened.Name == "MIGRATION" && MigrationStatus(happened) is "completed" or "failed", cancellationToken);
        await qmp.ExecuteAsync(command, new { uri = $"fd:{descriptorName}" }, QmpDeadlines.Heavy, cancellationToken);
        if (MigrationStatus(await ended) == "failed")
            throw new QmpException(QmpFailure.CommandRefused, $"QEMU could not complete '{command}'.");
    }

    private static string? MigrationStatus(QmpEvent happened) =>
        happened.Data.ValueKind == JsonValueKind.Object && happened.Data.TryGetProperty("status", out var status) ? status.GetString() : null;
}
