using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Operations;
using Mayfly.Control.Pools;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Machines;

/// <summary>Publishes machines as they run. All that is in one is then in every machine of the image.</summary>
public sealed class MachinePublishing(
    HouseDatabase database, IImageLibrary library, OperationBoard board, MachineOperations operations, PoolQueue queue, EventLog events)
{
    /// <summary>
    /// Begins to publish a machine. That it was asked for is always an event.
    /// Faults: InvalidRequest, NotFound, Busy, MachineStateWrong for one that somebody uses or has used, when that is not to be copied.
    /// </summary>
    public async Task<Outcome<OperationView>> BeginAsync(string name, PublishMachineRequest request, string actor, CancellationToken cancellationToken)
    {
        if (ImageJobs.NameComplaint(request.Image) is { } fault) return fault;
        await using var context = await database.ReadAsync(cancellationToken);
        var row = await context.Machines.AsNoTracking().SingleOrDefaultAsync(m => m.Name == name, cancellationToken);
        if (row is null) return MachineCatalog.NoMachine(name);
        // A log-off ends the session, not all that its user has in the machine.
        if ((row.User ?? row.UsedBy) is { } user && !request.WithSession)
            return new Fault(
                ErrorCode.MachineStateWrong, $"'{user}' uses '{name}', or has used it.",
                "What they have in it would be in every machine of the image: open files, programs, passwords in memory.",
                "Publish a machine that nobody has used, or ask for it with the session.");
        if (await operations.InTheWayAsync(row) is { } other) return MachineOperations.BusyWith(name, other);
        var begun = board.Begin(
            OperationSubject.Image(request.Image, ErrorCode.PublishFailed), "publish", $"{name} as {request.Image}", actor,
            (progress, token) => RunAsync(row, request.Image, progress, token), () => queue.Wake(PoolQueue.Everything));
        if (begun.Fault is null) await RecordAsync(row, request.Image, actor);
        return begun;
    }

    private async Task<Outcome<ImageVersion>> RunAsync(MachineRow row, string image, IProgress<StepProgress> progress, CancellationToken stopping)
    {
        Outcome<ImageVersion> made = new Fault(ErrorCode.Busy, $"'{row.Name}' is being published as '{image}' already.");
        var done = await operations.RunAsync(row.Id, row.Name, $"publish as {image}", async scope =>
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(scope.Token, stopping);
            made = await library.PublishMachineAsync(row.Id, image, progress, either.Token);
            return made.Fault is { } failed ? failed : Done.Yes;
        });
        return done.Fault is { } fault ? fault : made;
    }

    /// <summary>No token: it has begun.</summary>
    private Task RecordAsync(MachineRow row, string image, string actor) => events.RecordAsync(
        new HouseEvent(
            EventKinds.MachinePublished, $"'{row.Name}' is published as '{image}', {((row.User ?? row.UsedBy) is { } user ? $"with all that '{user}' has in it" : "never used")}.",
            actor, row.Pool, row.Name)
        { User = row.User ?? row.UsedBy },
        CancellationToken.None);
}
