using System.Text;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Measuring;

namespace Mayfly.Engine.Shipping;

/// <summary>
/// The directory of a shipment that is arriving, one for each cargo, its owner's alone: the offer, the list of pages, and the files as far as they have come.
/// Which pages have come is not written down: whoever goes on hashes what is there, and so never trusts what a power cut left.
/// </summary>
internal sealed class Staging(DataDirectory data, Cargo cargo)
{
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(1);
    private readonly string _directory = Path.Combine(data.Shipping, $"{cargo.Kind.ToString().ToLowerInvariant()}-{cargo.Id}");

    /// <summary>Where the files are.</summary>
    public string Files => Path.Combine(_directory, "files");

    /// <summary>The list of pages, as it was sent.</summary>
    public string List => Path.Combine(_directory, "list");

    private string Offer => Path.Combine(_directory, "offer.json");

    /// <summary>Removes what nobody has gone on with for a day. Call at start.</summary>
    public static void RemoveLeftovers(DataDirectory data, TimeProvider time)
    {
        if (!Directory.Exists(data.Shipping))
            return;
        foreach (var directory in new DirectoryInfo(data.Shipping).EnumerateDirectories())
        {
            var touched = directory.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => file.LastWriteTimeUtc).Append(directory.LastWriteTimeUtc).Max();
            if (time.GetUtcNow().UtcDateTime - touched > s_kept)
                directory.Delete(recursive: true);
        }
    }

    /// <summary>True when it is of this very offer.</summary>
    public async Task<bool> IsOfAsync(string offer, CancellationToken cancellationToken) =>
        File.Exists(Offer) && await File.ReadAllTextAsync(Offer, cancellationToken) == offer;

    /// <summary>Begins anew.</summary>
    public async Task BeginAsync(string offer, CancellationToken cancellationToken)
    {
        Remove();
        Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(Files);
        await DurableFile.WriteAsync(Offer, Encoding.UTF8.GetBytes(offer), cancellationToken);
    }

    /// <summary>Keeps the list of pages.</summary>
    public async Task KeepListAsync(PageList list, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await PageListFormat.WriteAsync(list, content, cancellationToken);
        await DurableFile.WriteAsync(List, content.GetBuffer().AsMemory(0, (int)content.Length), cancellationToken);
    }

    /// <summary>Bytes on disk that have come.</summary>
    public long StoredBytes() => Directory.Exists(Files) ? Directory.EnumerateFiles(Files).Sum(file => FileBlocks.Of(file)?.Bytes ?? 0) : 0;

    /// <summary>Removes it all; nothing is fine.</summary>
    public void Remove()
    {
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }
}
