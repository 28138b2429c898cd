using Mayfly.Contracts.Api;
using Mayfly.Control;
using Mayfly.Control.Storage;
using Mayfly.Server.Hosting;

namespace Mayfly.Server.Backups;

/// <summary><c>mayflyd --restore FILE</c>: makes a house of a backup and ends.</summary>
internal static class RestoreProgram
{
    /// <summary>Restores and tells how it went.</summary>
    /// <returns>Null, or what is to be said of the failure.</returns>
    public static async Task<string?> RunAsync(ServerOptions options, string file, TextWriter output, CancellationToken cancellationToken)
    {
        var control = new ControlOptions { DatabasePath = options.Data.Database, Database = options.Database };
        await using var services = new ServiceCollection().AddLogging(logging => logging.AddConsole()).AddSingleton(TimeProvider.System).AddSingleton(control).AddStorage(control).BuildServiceProvider();
        try
        {
            var restored = await new HouseRestore(options.Data, services.GetRequiredService<HouseStore>()).RunAsync(file, cancellationToken);
            if (!restored.TryGet(out var contents, out var fault)) return fault.ToString();
            await output.WriteAsync(Tell(contents, options.Data.Root));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{file} can not be restored. {exception.Message} Nothing was restored.";
        }
    }

    private static string Tell(BackupContents contents, string root)
    {
        string[] lines =
        [
            $"The house of {contents.MadeAt:yyyy-MM-dd HH:mm:ss} UTC is restored in {root}.",
            .. contents.LeftOut.Select(gap => $"Not in the backup: {gap.Name}. {gap.Why}"),
            "Start mayflyd now. Then build or import the images that pools use, where they are not copied yet, and publish them: desktops are made as soon as they are published.",
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }
}
