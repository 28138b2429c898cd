namespace Mayfly.Contracts.Api;

/// <summary>A golden image and its versions.</summary>
/// <param name="Name">Name of the image, such as "xfce".</param>
/// <param name="Versions">Newest first.</param>
public sealed record ImageView(string Name, IReadOnlyList<ImageVersionView> Versions);

/// <summary>One version of a golden image.</summary>
/// <param name="Version">Short id: of the content, by recipe hash or file hash, or a random one of a machine's.</param>
/// <param name="Source">"recipe", "import", or "machine" for one published from a running machine.</param>
/// <param name="CreatedAt">When it was built, imported or published.</param>
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
/// <param name="BootSeconds">How long the parent took from start to a drawn, quiet desktop, or the memory of a running machine to be copied.</param>
/// <param name="FreezeSeconds">From there to forkable.</param>
/// <param name="PauseSeconds">How long the running machine stood still that this was published from; null for a parent.</param>
public sealed record WarmImageView(
    DateTimeOffset PublishedAt, long MemoryBytes, int Cpus, long StateBytes, long RamBytesStored, string Accelerator, double BootSeconds, double FreezeSeconds,
    double? PauseSeconds = null);

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

/// <summary>Publishes a running machine as it is. Answered with an <see cref="OperationView"/>.</summary>
/// <param name="Image">Image to make a version of; made if there is none.</param>
/// <param name="WithSession">True to publish a machine that somebody uses or has used, with all that they have in it.</param>
public sealed record PublishMachineRequest(string Image, bool WithSession = false);
