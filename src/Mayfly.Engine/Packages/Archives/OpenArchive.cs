using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Packages.Archives;

/// <summary>An archive as a tar stream, with the program that makes one of it where that is needed.</summary>
internal sealed class OpenArchive : IAsyncDisposable
{
    private readonly Stream? _file;
    private readonly PipedTool? _tool;

    public OpenArchive(Stream tar, Stream? file = null) => (Tar, _file) = (tar, file);

    public OpenArchive(PipedTool tool) => (Tar, _tool) = (tool.Output, tool);

    /// <summary>The archive, to be read once.</summary>
    public Stream Tar { get; }

    /// <summary>Null when what unpacks it found nothing wrong either, otherwise why not.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public async Task<string?> EndAsync(CancellationToken cancellationToken)
    {
        // The checksum of what was compressed comes last, behind the archive's end.
        if (_file is not null)
            await Tar.CopyToAsync(Stream.Null, cancellationToken);
        if (_tool is null)
            return null;
        var (exitCode, words) = await _tool.EndAsync(cancellationToken);
        return exitCode == 0 ? null : $"it is damaged ({(words.Length > 0 ? Guests.GuestText.OneLine(words) : $"status {exitCode}")})";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Tar.DisposeAsync();
        if (_file is not null)
            await _file.DisposeAsync();
        if (_tool is not null)
            await _tool.DisposeAsync();
    }
}
