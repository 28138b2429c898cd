namespace Mayfly.Contracts.Api;

/// <summary>A golden image and its versions.</summary>
/// <param name="Name">Name of the image, such as "xfce".</param>
/// <param name="Versions">Newest first.</param>
public sealed record ImageView(string Name, IReadOnlyList<ImageVersionView> Versions);

/// <summary>One version of a golden image.</summary>
/// <param name="Version">Short id of the content: recipe hash or file hash.</param>
/// <param name="Source">"recipe" or "import".</param>
/// <param name="CreatedAt">When it was built or imported.</param>
/// <param name="DiskBytes">Bytes on disk.</param>
/// <param name="Warm">The warm image published from it, or null.</param>
public sealed record ImageVersionView(string Version, string Source, DateTimeOffset CreatedAt, long DiskBytes, WarmImageView? Warm);

/// <summary>A published, forkable image.</summary>
/// <param name="PublishedAt">When it was frozen.</param>
/// <param name="MemoryBytes">Guest memory.</param>
/// <param name="Cpus">Virtual CPUs.</param>
/// <param name="StateBytes">Size of the device state.</param>
/// <param name="RamBytesStored">Bytes of guest memory that are not zero, as stored.</param>
/// <param name="Accelerator">"kvm" or "tcg".</param>
/// <param name="BootSeconds">How long the parent took from start to a drawn, quiet desktop.</param>
/// <param name="FreezeSeconds">From drawn desktop to forkable.</param>
public sealed record WarmImageView(
    DateTimeOffset PublishedAt, long MemoryBytes, int Cpus, long StateBytes, long RamBytesStored, string Accelerator, double BootSeconds, double FreezeSeconds);

/// <summary>Builds a golden image from a recipe the server ships. Answered with an <see cref="OperationView"/>.</summary>
/// <param name="Recipe">"xfce" or "micro".</param>
public sealed record BuildImageRequest(string Recipe);

/// <summary>Imports a qcow2 file that lies on the server. Answered with an <see cref="OperationView"/>.</summary>
/// <param name="Name">Name of the image to add a version to.</param>
/// <param name="Path">Absolute path of the file on the server.</param>
/// <param name="MemoryMib">Guest memory in MiB.</param>
/// <param name="Cpus">Virtual CPUs.</param>
public sealed record ImportImageRequest(string Name, string Path, int MemoryMib = 2048, int Cpus = 1);

/// <summary>Publishes a version. Answered with an <see cref="OperationView"/>.</summary>
/// <param name="Version">Version to publish, or null for the newest.</param>
public sealed record PublishImageRequest(string? Version = null);
