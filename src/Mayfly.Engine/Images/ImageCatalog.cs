using Mayfly.Contracts;

namespace Mayfly.Engine.Images;

/// <summary>All golden images on a disk.</summary>
/// <param name="Images">Usable versions: by name, newest first.</param>
/// <param name="Faults">One for each version that is damaged.</param>
public sealed record ImageCatalog(IReadOnlyList<GoldenImage> Images, IReadOnlyList<Fault> Faults);
