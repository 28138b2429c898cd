using Mayfly.Contracts;
using Mayfly.Engine.Packages.Archives;

namespace Mayfly.Engine.Packages.Capturing;

/// <summary>Writes the disk of files that a guest finds at /run/mayfly/input.</summary>
internal static class InputDisk
{
    /// <summary>Writes one. Faults: ToolMissing, CaptureFailed.</summary>
    /// <param name="path">New file.</param>
    /// <param name="files">Files on this host by their name on the disk.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<Fault?> WriteAsync(string path, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        if (!SquashWriter.Create(path).TryGet(out var writer, out var missing))
            return missing;
        await using var closing = writer;
        var complete = true;
        try
        {
            foreach (var (name, source) in files)
            {
                await using var content = File.OpenRead(source);
                await writer.AddAsync(new ArchiveEntry(name, EntryKind.File) { Mode = 0b110_100_100, Size = content.Length }, content, cancellationToken);
            }
        }
        catch (IOException) when (!cancellationToken.IsCancellationRequested)
        {
            // The pipe broke: the writer knows why.
            complete = false;
        }

        return await writer.FinishAsync(complete, cancellationToken) is { } failure
            ? new Fault(ErrorCode.CaptureFailed, "The files for the guest could not be put on a disk.", failure)
            : null;
    }
}
