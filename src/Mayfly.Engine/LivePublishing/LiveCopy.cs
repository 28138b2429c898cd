using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Images;
using Mayfly.Engine.Publishing;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.LivePublishing;

/// <summary>A copy of a running machine on its way to become an image. Disposing it removes what has not become one.</summary>
/// <param name="Id">Name and version it is to have.</param>
/// <param name="Version">Its golden image in the making.</param>
/// <param name="Warm">Its warm image in the making.</param>
/// <param name="Shape">Its hardware.</param>
/// <param name="Writer">Writes its warm image down.</param>
/// <param name="Room">What is promised to it.</param>
internal sealed record LiveCopy(ImageVersion Id, StagedVersion Version, WarmFiles Warm, MachineShape Shape, WarmWriter Writer, Reservation Room) : IAsyncDisposable
{
    /// <summary>Its memory; null once it is the image's.</summary>
    public SafeFileHandle? Memory { get; set; } = GuestMemory.Create(Shape.MemoryMib * 1024L * 1024L);

    /// <summary>The QEMU it is in; null before it starts and after it has ended.</summary>
    public Receiver? Receiver { get; set; }

    /// <summary>What its golden image is to say of itself; null until that is made.</summary>
    public ImageManifest? Manifest { get; set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Receiver is { } receiver)
            await receiver.DisposeAsync();
        Memory?.Dispose();
        if (Directory.Exists(Warm.Directory))
            Directory.Delete(Warm.Directory, recursive: true);
        Version.Dispose();
        Room.Dispose();
    }
}
