using Mayfly.Engine.Measuring;

namespace Mayfly.VersusBench;

/// <summary>One machine that is READY, however it came to be. Disposing it ends it and removes what was its alone.</summary>
/// <param name="end">Ends it; a second time is fine.</param>
internal sealed class Clone(Func<Task> end) : IAsyncDisposable
{
    /// <summary>Its QEMU process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Milliseconds from the request until its CPUs ran.</summary>
    public required double RunningMs { get; init; }

    /// <summary>Milliseconds from the request until it was READY.</summary>
    public required double ReadyMs { get; init; }

    /// <summary>Files that are its alone.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Takes a picture of its screen, in any format that says what it is.</summary>
    public required Func<CancellationToken, Task<byte[]>> Picture { get; init; }

    /// <summary>Blocks of its files.</summary>
    public long DiskBytes => Files.Sum(file => FileBlocks.Of(file)?.Bytes ?? 0);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await end();
}
