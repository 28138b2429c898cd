using System.IO.Compression;
using Mayfly.Contracts;
using Mayfly.Engine.Disks;
using Mayfly.Engine.Hosts;

namespace Mayfly.Engine.Personas;

/// <summary>The files in <c>personas/</c>. One is there whole and durable, or not at all; what a crash left half written is removed at the start.</summary>
internal sealed class PersonaStore
{
    private const string Suffix = ".tar.br";
    private const string Half = ".new";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly DataDirectory _data;
    private readonly TimeProvider _time;

    public PersonaStore(DataDirectory data, TimeProvider time)
    {
        (_data, _time) = (data, time);
        Directory.CreateDirectory(data.Personas, OwnerOnly | UnixFileMode.UserExecute);
        foreach (var left in Directory.EnumerateFiles(data.Personas, "*" + Half))
            File.Delete(left);
    }

    /// <summary>Ids of all archives.</summary>
    public IReadOnlyList<string> List() => [.. Directory.EnumerateFiles(_data.Personas, "*" + Suffix).Select(path => Path.GetFileName(path)[..^Suffix.Length])];

    /// <summary>Removes one.</summary>
    public void Remove(string id)
    {
        if (DiskId.IsValid(id))
            File.Delete(FileOf(id));
    }

    /// <summary>Keeps an archive.</summary>
    /// <param name="config">What it is of.</param>
    /// <param name="source">Where it is read from.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="cancellationToken">Cancels and leaves nothing.</param>
    /// <exception cref="IOException">There is no room.</exception>
    public async Task<PersonaArchive> AddAsync(string config, Stream source, long bytes, CancellationToken cancellationToken)
    {
        var hash = "";
        var id = await KeepAsync(async file => hash = await WriteAsync(file, source, bytes, cancellationToken));
        return new PersonaArchive(id, config, bytes, new FileInfo(FileOf(id)).Length, hash);
    }

    /// <summary>The file of an archive. Faults: NotFound.</summary>
    public Outcome<string> Find(string id) => DiskId.IsValid(id) && File.Exists(FileOf(id)) ? FileOf(id) : new Fault(ErrorCode.NotFound, $"There is no archive {id} on this host.");

    /// <summary>Keeps an archive that was stored elsewhere under its id; one that is here already stays. That it is whole is found when it is read.</summary>
    public async Task<Outcome<Done>> ReceiveAsync(string id, Func<Stream, Task> write)
    {
        if (!File.Exists(FileOf(id)))
            await KeepAsync(id, write);
        return Done.Yes;
    }

    /// <summary>Keeps an archive a second time. Faults: NotFound, HostDiskLow.</summary>
    public async Task<Outcome<PersonaArchive>> DuplicateAsync(PersonaArchive archive, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = File.OpenRead(FileOf(archive.Id));
            return archive with { Id = await KeepAsync(file => source.CopyToAsync(file, cancellationToken)) };
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Gone(archive);
        }
        catch (IOException error) when (DiskFault.When(error, "There is no room for a copy.", _data.Personas) is { } full)
        {
            return full;
        }
    }

    /// <summary>Writes an archive to a stream as the guest packed it. Faults: NotFound, PersonaUnusable; what was written until then is worthless.</summary>
    public async Task<Fault?> CopyAsync(PersonaArchive archive, Stream target, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(FileOf(archive.Id));
            await using var unpacked = new BrotliStream(file, CompressionMode.Decompress);
            // One byte more than there may be is enough to know that it is another: a file of zeroes does not fill the disk.
            var hash = await HashedCopy.RunAsync(unpacked, target, archive.Bytes, cancellationToken);
            return hash == archive.Sha256 && await unpacked.ReadAsync(new byte[1], cancellationToken) == 0 ? null : Damaged(archive);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Gone(archive);
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException or EndOfStreamException)
        {
            return Damaged(archive);
        }
        // Whoever writes the target has to know of it when that is full; all else is of this file alone.
        catch (Exception error) when (error is IOException or UnauthorizedAccessException && DiskFault.When(error, "", "") is null)
        {
            return new Fault(ErrorCode.PersonaUnusable, $"The archive of {archive.Config} can not be read.", error.Message, "Look at the host's disk, or restore an earlier version of it.");
        }
    }

    /// <summary>Makes a new file that is there whole and durable, or not at all, and returns its id.</summary>
    private Task<string> KeepAsync(Func<FileStream, Task> write) => KeepAsync(Guid.CreateVersion7(_time.GetUtcNow()).ToString("N"), write);

    private async Task<string> KeepAsync(string id, Func<FileStream, Task> write)
    {
        // Two may bring the same one at once.
        var fresh = $"{FileOf(id)}.{Guid.NewGuid():N}{Half}";
        try
        {
            await using (var file = new FileStream(fresh, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
            {
                await write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, FileOf(id), overwrite: true);
            DurableFile.FlushDirectory(_data.Personas);
            return id;
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    private static async Task<string> WriteAsync(FileStream file, Stream source, long bytes, CancellationToken cancellationToken)
    {
        // Fast before small: somebody waits for their log-off.
        await using var packed = new BrotliStream(file, CompressionLevel.Fastest, leaveOpen: true);
        return await HashedCopy.RunAsync(source, packed, bytes, cancellationToken);
    }

    private string FileOf(string id) => Path.Combine(_data.Personas, id + Suffix);

    private static Fault Gone(PersonaArchive archive) => new(ErrorCode.NotFound, $"The archive of {archive.Config} is not on this host.", null, "Restore an earlier version of it.");

    private static Fault Damaged(PersonaArchive archive) =>
        new(ErrorCode.PersonaUnusable, $"The archive of {archive.Config} is damaged.", "It is not what was saved.", "Restore an earlier version of it.");
}
