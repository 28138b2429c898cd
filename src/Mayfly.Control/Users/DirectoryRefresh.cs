using Mayfly.Control.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayfly.Control.Users;

/// <summary>Asks the directories, every few minutes, whether those who are signed in still may be.</summary>
internal sealed partial class DirectoryRefresh(PasswordDirectories directories, TimeProvider time, ILogger<DirectoryRefresh> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await directories.RefreshAsync(stoppingToken);
            }
            catch (Exception exception) when (StorageFaults.Of(exception) is not null)
            {
                LogNotNow(exception);
            }
        }
    }

    [LoggerMessage(340, LogLevel.Warning, "The directories could not be asked about who is signed in; they are asked again")]
    private partial void LogNotNow(Exception exception);
}
