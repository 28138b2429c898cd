using Mayfly.Contracts;
using Mayfly.Engine;
using Mayfly.Remote.Wire;

namespace Mayfly.Remote.Calling;

/// <summary>The images of a host over the network.</summary>
public sealed class RemoteImages
{
    private readonly HostWire _wire;
    private readonly MachineMirror _mirror;

    internal RemoteImages(HostWire wire, MachineMirror mirror) => (_wire, _mirror) = (wire, mirror);

    /// <summary>Publishes a golden image there: as <see cref="IImageLibrary.PublishAsync"/>.</summary>
    public Task<Outcome<ImageVersion>> PublishAsync(ImageVersion image, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        PublishAsync(ImageCalls.Publish, image, progress, cancellationToken);

    /// <summary>Publishes a machine there: as <see cref="IImageLibrary.PublishMachineAsync"/>.</summary>
    public Task<Outcome<ImageVersion>> PublishMachineAsync(string machineId, string name, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        PublishAsync(ImageCalls.PublishMachine, new PublishMachineAsked(machineId, name), progress, cancellationToken);

    /// <summary>Removes a warm image there: as <see cref="IImageLibrary.UnpublishAsync"/>.</summary>
    public async Task<Outcome<Done>> UnpublishAsync(ImageVersion image, CancellationToken cancellationToken) =>
        _mirror.Lost is { } lost ? lost : await _wire.AskAsync(ImageCalls.Unpublish, image, cancellationToken);

    private async Task<Outcome<ImageVersion>> PublishAsync<TRequest>(
        LongHostCall<TRequest, ProgressTold, ImageAnswer> call, TRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        (await _wire.AskNumberedAsync(call, request, told => progress.Report(new StepProgress(told.Step, told.Percent)), cancellationToken)).TryGet(out var answered, out var fault)
            ? answered.Answer.Image
            : fault;
}
