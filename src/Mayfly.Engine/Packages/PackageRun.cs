using Mayfly.Contracts;
using Mayfly.Engine.Packages.Archives;

namespace Mayfly.Engine.Packages;

/// <summary>One pass of an archive's entries through their checks into a squashfs.</summary>
internal sealed class PackageRun(PackageOrder order, ArchiveOpener opener, SquashWriter writer)
{
    private const int MostNamed = 10;

    // Headers and padding, on top of what a package may hold.
    private const long Overhead = 4L << 30;

    private string? _toldOs;
    private int _changes;

    /// <summary>What has gone in.</summary>
    public PackageContents Contents { get; } = new();

    /// <summary>What the package is for, or null.</summary>
    public string? Os => order.Os ?? _toldOs;

    private long Limit => ((long)order.Rules.MaximumMib << 20) + Overhead;

    /// <summary>Copies all there is. Faults: PackagePrivileged, CaptureFailed, ToolMissing.</summary>
    /// <exception cref="InvalidDataException">Something is not as it must be.</exception>
    /// <exception cref="IOException">The writer has ended.</exception>
    public async Task<Fault?> CopyAllAsync(string path, CancellationToken cancellationToken)
    {
        UpperLayer? upper = null;
        if (order.Base is { } below)
        {
            await using var archive = File.OpenRead(path);
            upper = await UpperLayer.ReadAsync(new TarStream(archive, Math.Min(Limit, order.Length ?? Limit)), cancellationToken);
            if (await CopyAsync(below, null, upper, cancellationToken) is { } failed)
                return failed;
        }

        _changes = 0;
        if (await CopyAsync(path, order.Length, upper, cancellationToken, isUpper: true) is { } lack)
            return lack;
        if (_changes == 0)
            return NothingIn();
        if (Contents.Privileged.Count > 0 && !order.Rules.AllowPrivileged)
            return Privileged();
        foreach (var (name, content) in ExtensionRelease.Files(order.Id, Os, Contents.HasSettings))
            await writer.AddAsync(new ArchiveEntry(name, EntryKind.File) { Mode = 0b110_100_100, Size = content.Length }, new MemoryStream(content), cancellationToken);
        return null;
    }

    private async Task<Fault?> CopyAsync(string path, long? length, UpperLayer? upper, CancellationToken cancellationToken, bool isUpper = false)
    {
        if (!(await opener.OpenAsync(path, length, cancellationToken)).TryGet(out var archive, out var fault))
            return fault;
        await using var closing = archive;
        var entries = new TarStream(archive.Tar, Math.Min(Limit, length ?? Limit));
        while (await NextAsync(entries, archive, cancellationToken) is { } entry)
        {
            if (isUpper)
                await TakeAsync(upper?.Over(entry) ?? entry, entries, cancellationToken);
            else if (upper?.Hides(entry) != true)
                await TakeAsync(entry, entries, cancellationToken);
        }

        return await archive.EndAsync(cancellationToken) is { } damaged ? throw new InvalidDataException(damaged) : null;
    }

    /// <summary>Where the program that unpacks an archive gave up, its own words tell more than what came of it.</summary>
    private static async Task<ArchiveEntry?> NextAsync(TarStream entries, OpenArchive archive, CancellationToken cancellationToken)
    {
        try
        {
            return await entries.NextAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            if (entries.IsAtEnd && await archive.EndAsync(cancellationToken) is { } damaged)
                throw new InvalidDataException(damaged);
            throw;
        }
    }

    private async Task TakeAsync(ArchiveEntry entry, TarStream entries, CancellationToken cancellationToken)
    {
        // The root itself says nothing about what is in it.
        if (entry.Name.Length == 0 && entry.Kind == EntryKind.Directory)
            return;
        if (entry.Kind == EntryKind.File && ExtensionRelease.Has(entry.Name) && entry.Size <= ExtensionRelease.MostBytes)
            _toldOs = ExtensionRelease.Os(await ReadAsync(entry, entries, cancellationToken)) ?? _toldOs;
        // Archivers name a directory again when something was added to it.
        if (LeftOut.Has(entry.Name) || (entry.Kind == EntryKind.Directory && Contents.Find(entry.Name) is { Kind: EntryKind.Directory }))
            return;
        EntryCheck.Check(entry, Contents);
        if (entry.Size > ((long)order.Rules.MaximumMib << 20) - Contents.Bytes)
            throw new InvalidDataException($"it holds more than the {order.Rules.MaximumMib} MiB that are allowed");
        Contents.Add(entry);
        _changes += entry.Kind == EntryKind.Directory ? 0 : 1;
        await writer.AddAsync(entry, entry.Size > 0 ? new EntryContent(entries, entry.Size) : null, cancellationToken);
    }

    private static async Task<byte[]> ReadAsync(ArchiveEntry entry, TarStream entries, CancellationToken cancellationToken)
    {
        var content = new byte[entry.Size];
        await new EntryContent(entries, entry.Size).ReadExactlyAsync(content, cancellationToken);
        return content;
    }

    private Fault NothingIn() => order.IsCapture
        ? new Fault(
            ErrorCode.CaptureFailed, "Nothing was changed below /usr, /opt and /etc.",
            "What programs keep elsewhere, and what belongs to the machine alone, does not become part of a package.", "Install something before finishing the capture.")
        : new Fault(ErrorCode.PackageInvalid, $"{order.Name} can not become a package: there is nothing in it below usr, opt and etc.");

    private Fault Privileged()
    {
        var named = string.Join(", ", Contents.Privileged.Take(MostNamed));
        var more = Contents.Privileged.Count - MostNamed;
        return new Fault(
            ErrorCode.PackagePrivileged, $"{order.Name} holds files that give whoever runs them the rights of others.",
            $"They are setuid, setgid or have capabilities: {named}{(more > 0 ? $" and {more} more" : "")}.",
            "Allow it if you trust where they come from.");
    }
}
