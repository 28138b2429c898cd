using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Engine.Hypervisor;
using Mayfly.Qmp;

namespace Mayfly.Engine;

// What is done with a machine's screen. Needs no turn: nothing of the machine changes that its record tells.
internal sealed partial class MachineHost
{
    // The guest gives up sooner by itself.
    private static readonly TimeSpan s_screenLimit = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task<Outcome<Stream>> OpenDisplayAsync(string machineId, CancellationToken cancellationToken)
    {
        if (!Find(machineId).TryGet(out var machine, out var fault))
            return fault;
        try
        {
            return await machine.Qemu.OpenDisplayAsync(cancellationToken);
        }
        catch (QmpException error)
        {
            return new Fault(ErrorCode.MachineUnresponsive, $"The display of {machine.Hostname} does not open.", error.Message, "Try again, or log off and open a new desktop.");
        }
    }

    /// <inheritdoc/>
    public async Task<bool> HasSoundAsync(string machineId, CancellationToken cancellationToken)
    {
        // A QEMU that does not answer is not waited for: its screen will not open either.
        if (!Find(machineId).TryGet(out var machine, out _) || machine.Trouble is not null)
            return false;
        try
        {
            return await machine.Qemu.Qmp.HasDeviceAsync(QemuNames.Speaker, cancellationToken);
        }
        catch (QmpException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<Outcome<Stream>> OpenSoundAsync(string machineId, CancellationToken cancellationToken)
    {
        if (!Find(machineId).TryGet(out var machine, out var fault))
            return fault;
        try
        {
            // QEMU 7.2 would say yes without a sound card too, and then look for one of this host's.
            if (!await machine.Qemu.Qmp.HasDeviceAsync(QemuNames.Speaker, cancellationToken))
            {
                return new Fault(
                    ErrorCode.MachineStateWrong, $"{machine.Hostname} has no sound card.", "Its image has none, or was published before it had one.",
                    "An administrator can publish the image again, and move the pool to it.");
            }
        }
        catch (QmpException error)
        {
            return new Fault(ErrorCode.MachineUnresponsive, $"The sound of {machine.Hostname} does not open.", error.Message, "Try again.");
        }

        return await OpenDisplayAsync(machineId, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Outcome<byte[]>> CaptureAsync(string machineId, int width, CancellationToken cancellationToken)
    {
        if (!Find(machineId).TryGet(out var machine, out var fault))
            return fault;
        // A QEMU that does not answer is not asked for more, and a guest that stands still shows nothing new.
        if (machine.Trouble is { } trouble)
            return trouble;
        try
        {
            return await _pictures.TakeAsync(machine, width, cancellationToken);
        }
        catch (Exception error) when (error is QmpException or IOException or InvalidDataException)
        {
            return new Fault(ErrorCode.MachineUnresponsive, $"The screen of {machine.Hostname} could not be captured.", error.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<Outcome<Done>> SetScreenAsync(string machineId, int width, int height, CancellationToken cancellationToken)
    {
        var size = new SetScreenRequest(width - (width % SetScreenRequest.WidthStep), height);
        if (!size.IsPossible)
        {
            return new Fault(
                ErrorCode.InvalidRequest, $"No screen has {width} by {height} pixels.",
                $"It can have {SetScreenRequest.LeastWidth} by {SetScreenRequest.LeastHeight} to {SetScreenRequest.MostWidth} by {SetScreenRequest.MostHeight}.");
        }

        if (!Find(machineId).TryGet(out var machine, out var fault))
            return fault;
        return (await machine.Agent.SetScreenAsync(size, s_screenLimit, cancellationToken)).Fault is { } refused ? refused : Done.Yes;
    }
}
