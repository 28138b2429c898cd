using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Engine;

/// <summary>The golden and warm images of this host: steps 1 and 2 of the main path (Build or import, Publish).</summary>
public interface IImageLibrary
{
    /// <summary>All images, by name; versions newest first.</summary>
    Task<IReadOnlyList<ImageView>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Builds a version from a recipe, or returns the one built from the very same recipe before.</summary>
    Task<Outcome<ImageVersion>> BuildAsync(string recipe, IProgress<StepProgress> progress, CancellationToken cancellationToken);

    /// <summary>Imports a qcow2 file as a version.</summary>
    Task<Outcome<ImageVersion>> ImportAsync(ImportImageRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken);

    /// <summary>Publishes a version into a warm image, or returns at once when it is published and sound. Null version: the newest.</summary>
    Task<Outcome<ImageVersion>> PublishAsync(string name, string? version, IProgress<StepProgress> progress, CancellationToken cancellationToken);

    /// <summary>
    /// Publishes a running machine as it is into a new version of an image, golden and warm, while the machine goes on after a short pause.
    /// Faults: InvalidRequest, NotFound, Busy, MachineStateWrong when it is off, in trouble, or has something attached, PublishFailed,
    /// HostMemoryLow, HostDiskLow and those of a host without QEMU.
    /// </summary>
    /// <param name="machineId">The machine. All that is in it is in every fork of the image: its files, its programs, its user's secrets.</param>
    /// <param name="name">Image to make a version of; made if there is none.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Gives up and leaves nothing; the machine goes on.</param>
    Task<Outcome<ImageVersion>> PublishMachineAsync(string machineId, string name, IProgress<StepProgress> progress, CancellationToken cancellationToken);

    /// <summary>Removes a warm image. Faults: NotFound, ImageInUse while machines are forked from it.</summary>
    Task<Outcome<Done>> UnpublishAsync(ImageVersion image, CancellationToken cancellationToken);
}

/// <summary>How far a long job is. A new <see cref="Step"/> ends the one before.</summary>
/// <param name="Step">What is being done, a short phrase.</param>
/// <param name="Percent">0 to 100 of the whole job, as far as known.</param>
public readonly record struct StepProgress(string Step, double Percent);
