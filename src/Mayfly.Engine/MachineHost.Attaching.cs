using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Engine.Attaching;
using Mayfly.Engine.Forking;

namespace Mayfly.Engine;

// Step 6 of the main path (Attach).
internal sealed partial class MachineHost
{
    private static readonly TimeSpan s_longestGrace = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public Task<Outcome<AttachResult>> AttachAsync(string machineId, Attachments wanted, CancellationToken cancellationToken) => AttachWish.IsProper(wanted)
        ? InTurnAsync(machineId, "attach", (machine, token) => attacher.AttachAsync(machine, AttachWish.Of(data, wanted), token), cancellationToken)
        : Task.FromResult<Outcome<AttachResult>>(new Fault(ErrorCode.InvalidRequest, "There are more than 64 packages, or an id is not 1 to 36 of a-z and 0-9."));

    /// <summary>
    /// Gives a machine what a capture needs, in place of all it has. Can be repeated with other disks: what differs is taken out first.
    /// Faults: those of <see cref="AttachAsync"/>, and of whichever disk could not be attached.
    /// </summary>
    internal Task<Outcome<AttachResult>> AttachForCaptureAsync(string machineId, CaptureDisks disks, CancellationToken cancellationToken) =>
        InTurnAsync(machineId, "capture", (machine, token) => CaptureAsync(machine, disks, token), cancellationToken);

    /// <inheritdoc/>
    public Task<Outcome<Done>> ReleaseAsync(string machineId, TimeSpan grace, CancellationToken cancellationToken) => grace < TimeSpan.Zero || grace > s_longestGrace
        ? Task.FromResult<Outcome<Done>>(new Fault(ErrorCode.InvalidRequest, "Programs get at most a minute to end."))
        : InTurnAsync<Done>(
            machineId, "release", async (machine, token) => await attacher.ReleaseAsync(machine, grace, token) is { } fault ? fault : Done.Yes, cancellationToken);

    /// <inheritdoc/>
    public async Task<Outcome<string>> AwaitLaunchAsync(string machineId, IReadOnlyList<Launcher> launchers, CancellationToken cancellationToken)
    {
        if (!Find(machineId).TryGet(out var machine, out var fault))
            return fault;
        if (!(await machine.Agent.AwaitLaunchAsync(new AwaitLaunchRequest(launchers), cancellationToken)).TryGet(out var report, out var refused))
            return refused;
        return launchers.Any(launcher => launcher.Id == report.Id)
            ? report.Id
            : new Fault(ErrorCode.AgentProtocol, "The guest agent named a launcher that it was not given.");
    }

    /// <inheritdoc/>
    public async Task<Outcome<WatchProgramsReport>> WatchProgramsAsync(string machineId, IReadOnlyList<ProgramPart> parts, CancellationToken cancellationToken) =>
        Find(machineId).TryGet(out var machine, out var fault) ? await machine.Agent.WatchProgramsAsync(new WatchProgramsRequest(parts), cancellationToken) : fault;

    /// <inheritdoc/>
    public async Task<Outcome<ProgramReport>> AwaitProgramAsync(string machineId, string? ended, CancellationToken cancellationToken) =>
        Find(machineId).TryGet(out var machine, out var fault) ? await machine.Agent.AwaitProgramAsync(new AwaitProgramRequest(ended), cancellationToken) : fault;

    /// <inheritdoc/>
    public async Task<Outcome<EnvironmentReport>> SetEnvironmentAsync(string machineId, EnvironmentRequest request, CancellationToken cancellationToken) =>
        Find(machineId).TryGet(out var machine, out var fault) ? await machine.Agent.SetEnvironmentAsync(request, cancellationToken) : fault;

    private async Task<Outcome<AttachResult>> CaptureAsync(Machine machine, CaptureDisks disks, CancellationToken cancellationToken)
    {
        var wish = AttachWish.Of(data, disks);
        if (machine.Capture != disks)
        {
            // The same device may stand for another file now: what differs goes first.
            var same = machine.Capture is { } before ? AttachWish.Of(data, before).All.Intersect(wish.All).ToList() : [];
            var common = wish with { Others = [.. wish.Others.Intersect(same)] };
            if (!same.Contains(wish.Volume!))
                common = common with { Volume = null, Keeps = null };
            var freed = await attacher.AttachAsync(machine, common, cancellationToken);
            if ((freed.Fault ?? freed.Value.Volume) is { } notFreed)
                return notFreed;
        }

        machine.Capture = disks;
        return await attacher.AttachAsync(machine, wish, cancellationToken);
    }

    /// <summary>Does something with a running machine while nobody else does; its destruction interrupts it.</summary>
    internal async Task<Outcome<T>> InTurnAsync<T>(
        string machineId, string operation, Func<Machine, CancellationToken, Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        if (!_entries.TryGetValue(machineId, out var entry))
            return Unknown(machineId);
        if (!entry.TryBegin(operation).TryGet(out var turn, out var busy))
            return busy;
        using (turn)
        {
            if (!Find(machineId).TryGet(out var machine, out var fault))
                return fault;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, entry.Interrupted);
            try
            {
                return await work(machine, either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new Fault(ErrorCode.MachineExited, $"{machine.Hostname} was destroyed meanwhile.");
            }
        }
    }
}
