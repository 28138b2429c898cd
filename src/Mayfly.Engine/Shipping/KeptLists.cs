using System.Security.Cryptography;
using System.Text.Json;
using Mayfly.Engine.Disks;

namespace Mayfly.Engine.Shipping;

/// <summary>
/// Lists of pages kept beside the files they are of, so that files are read once: SHA-256 of the rest, length of the header (four bytes), the header, the list.
/// A list is made anew when a file has another length or time than it had.
/// </summary>
internal sealed class KeptLists : IDisposable
{
    /// <summary>Name of the file.</summary>
    public const string Name = "pages.list";

    private const int Format = 1;
    private const int HeadBytes = SHA256.HashSizeInBytes + sizeof(int);

    // Two that make the same list would do the same work, and two of different ones wait for the same disk.
    private readonly SemaphoreSlim _making = new(1, 1);

    /// <summary>The list of what is here, kept or made.</summary>
    /// <exception cref="InvalidDataException">It has more pages than a list may have.</exception>
    public async Task<PageList> GetAsync(CargoFiles files, CancellationToken cancellationToken)
    {
        if (await FindAsync(files, cancellationToken) is { } kept)
            return kept;
        await _making.WaitAsync(cancellationToken);
        try
        {
            return await FindAsync(files, cancellationToken) ?? await MakeAsync(files, cancellationToken);
        }
        finally
        {
            _making.Release();
        }
    }

    /// <summary>The list of what is here, made anew and kept. Nobody's making another is waited for: it may be of an image, and take minutes.</summary>
    /// <exception cref="InvalidDataException">It has more pages than a list may have.</exception>
    public static async Task<PageList> MakeAsync(CargoFiles files, CancellationToken cancellationToken)
    {
        var written = Times(files);
        var made = await PageScan.RunAsync(files.Directory, files.Names, cancellationToken);
        await KeepAsync(files, made, written, cancellationToken);
        return made;
    }

    /// <summary>The list that is kept, or null.</summary>
    public static async Task<PageList?> FindAsync(CargoFiles files, CancellationToken cancellationToken)
    {
        try
        {
            var content = await File.ReadAllBytesAsync(Path.Combine(files.Directory, Name), cancellationToken);
            if (content.Length < HeadBytes || !SHA256.HashData(content.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(content.AsSpan(0, SHA256.HashSizeInBytes)))
                return null;
            var length = BitConverter.ToInt32(content, SHA256.HashSizeInBytes);
            var header = JsonSerializer.Deserialize<Header>(content.AsSpan(HeadBytes, length), JsonSerializerOptions.Web)!;
            if (header.Format != Format || !header.Files.Select(file => file.Name).SequenceEqual(files.Names) || !header.Written.SequenceEqual(Times(files)))
                return null;
            using var list = new MemoryStream(content, HeadBytes + length, content.Length - HeadBytes - length);
            return await PageListFormat.ReadAsync(header.Files, list, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps the list of files that are as they will be.</summary>
    public static Task KeepAsync(CargoFiles files, PageList list, CancellationToken cancellationToken) => KeepAsync(files, list, Times(files), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _making.Dispose();

    private static async Task KeepAsync(CargoFiles files, PageList list, IReadOnlyList<long> written, CancellationToken cancellationToken)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new Header(Format, list.Files, written), JsonSerializerOptions.Web);
        using var content = new MemoryStream();
        content.Write(new byte[SHA256.HashSizeInBytes]);
        content.Write(BitConverter.GetBytes(header.Length));
        content.Write(header);
        await PageListFormat.WriteAsync(list, content, cancellationToken);
        var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
        SHA256.HashData(bytes.Span[SHA256.HashSizeInBytes..], bytes.Span);
        await DurableFile.WriteAsync(Path.Combine(files.Directory, Name), bytes, cancellationToken);
    }

    /// <summary>Of each file its time and its length: a change of either is another file.</summary>
    private static IReadOnlyList<long> Times(CargoFiles files) => [.. files.Names
        .Select(name => new FileInfo(Path.Combine(files.Directory, name)))
        .SelectMany(file => (long[])[file.LastWriteTimeUtc.Ticks, file.Exists ? file.Length : -1])];

    private sealed record Header(int Format, IReadOnlyList<ShippedFile> Files, IReadOnlyList<long> Written);
}
