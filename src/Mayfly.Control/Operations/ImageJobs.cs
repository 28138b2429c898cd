using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Pools;
using Mayfly.Control.Pushing;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Operations;

/// <summary>Steps 1 and 2 of the main path (Build or import, Publish) as operations.</summary>
public sealed class ImageJobs(IImageLibrary library, OperationBoard board, HouseDatabase database, PoolHealth health, PoolQueue queue, EventLog events)
{
    /// <summary>All images with their versions.</summary>
    public Task<IReadOnlyList<ImageView>> ListAsync(CancellationToken cancellationToken) => library.ListAsync(cancellationToken);

    /// <summary>Begins building an image from a recipe. Faults: InvalidRequest, Busy.</summary>
    public Outcome<OperationView> Build(BuildImageRequest request, string actor) =>
        NameComplaint(request.Recipe) is { } fault
            ? fault
            : board.Begin(OperationSubject.Image(request.Recipe), "build", request.Recipe, actor, (progress, token) => library.BuildAsync(request.Recipe, progress, token));

    /// <summary>Begins importing a disk. Faults: InvalidRequest, Busy.</summary>
    public Outcome<OperationView> Import(ImportImageRequest request, string actor)
    {
        if (NameComplaint(request.Name) is { } fault) return fault;
        if (!Path.IsPathFullyQualified(request.Path ?? ""))
            return new Fault(ErrorCode.InvalidRequest, $"'{request.Path}' is not an absolute path on the server.");
        if (request.MemoryMib is < 32 or > 1_048_576 || request.Cpus is < 1 or > 128)
            return new Fault(ErrorCode.InvalidRequest, "Guest memory is 32 to 1,048,576 MiB, virtual CPUs are 1 to 128.");
        return board.Begin(OperationSubject.Image(request.Name), "import", request.Name, actor, (progress, token) => library.ImportAsync(request, progress, token));
    }

    /// <summary>Begins publishing a version. Faults: InvalidRequest, Busy.</summary>
    public Outcome<OperationView> Publish(string name, PublishImageRequest request, string actor)
    {
        if (NameComplaint(name) is { } fault) return fault;
        var target = request.Version is null ? name : $"{name}@{request.Version}";
        return board.Begin(OperationSubject.Image(name, ErrorCode.PublishFailed), "publish", target, actor, async (progress, token) =>
        {
            var published = await library.PublishAsync(name, request.Version, progress, token);
            if (published.Fault is null) await ForgetFailuresAsync(name, token);
            return published;
        }, () => queue.Wake(PoolQueue.Everything));
    }

    /// <summary>Removes a warm image. Faults: NotFound, ImageInUse while a pool or a machine needs it.</summary>
    public async Task<Outcome<Done>> UnpublishAsync(ImageVersion image, string actor, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        if (await RetiredImages.ReferenceAsync(context, image, cancellationToken) is { } reference)
            return new Fault(ErrorCode.ImageInUse, $"{image} is in use.", reference, "Push the pool to another version, or delete it first.");
        var removed = await library.UnpublishAsync(image, cancellationToken);
        if (removed.Fault is null) await events.RecordAsync(new HouseEvent(EventKinds.ImageUnpublished, $"The warm image {image} was removed.", actor), cancellationToken);
        return removed;
    }

    private async Task ForgetFailuresAsync(string image, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        foreach (var pool in await context.Pools.Where(p => p.Image == image).Select(p => p.Name).ToListAsync(cancellationToken)) health.Clear(pool);
    }

    internal static Fault? NameComplaint(string? name) => MachineNames.IsDnsLabel(name)
        ? null
        : new Fault(ErrorCode.InvalidRequest, $"'{name}' is not an image name.", "A name is 1 to 63 of a-z, 0-9 and '-'.");
}
