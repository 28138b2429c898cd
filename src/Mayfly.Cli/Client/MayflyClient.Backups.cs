using System.Formats.Tar;
using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

internal sealed partial class MayflyClient
{
    /// <summary>Saves the house to a new file that only its owner can read. It has its name once it is there whole.</summary>
    public async Task<Outcome<BackupContents>> BackUpAsync(string file, CancellationToken token)
    {
        if (File.Exists(file))
            return new Fault(ErrorCode.AlreadyExists, $"There is a file \"{file}\" already.", null, "Choose another name.");
        var part = file + ".part";
        // Left by a run that was killed.
        if (File.Exists(part))
            File.Delete(part);
        var saved = await SaveAsync("backup", part, token, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (saved.Fault is { } fault)
            return fault;
        if (await ReadContentsAsync(part, token) is not { } contents)
        {
            File.Delete(part);
            return new Fault(ErrorCode.BackupUnusable, "The backup did not come whole.", "Its end is missing.", "Try again, and see the log of mayflyd.");
        }

        File.Move(part, file);
        return contents;
    }

    /// <summary>What is in a backup, or null when it does not end with that.</summary>
    private static async Task<BackupContents?> ReadContentsAsync(string file, CancellationToken token)
    {
        try
        {
            await using var tar = new TarReader(File.OpenRead(file));
            while (await tar.GetNextEntryAsync(copyData: false, token) is { } entry)
            {
                if (entry is { Name: BackupContents.FileName, DataStream: { } json })
                    return await JsonSerializer.DeserializeAsync<BackupContents>(json, ApiJson.Wire, token);
            }

            return null;
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or JsonException)
        {
            return null;
        }
    }
}
