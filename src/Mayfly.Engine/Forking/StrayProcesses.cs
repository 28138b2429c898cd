using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Processes;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.Forking;

/// <summary>
/// At start: ends QEMU processes of this data directory whose own directory is gone. Nobody could reach them any more, and they would
/// hold memory for ever.
/// </summary>
internal sealed partial class StrayProcesses(DataDirectory data, ProcessWatcher watcher, ILogger logger, TimeProvider time)
{
    /// <summary>Ends them all. Call it after machines were taken over.</summary>
    public async Task EndAllAsync()
    {
        foreach (var id in ProcessScan.WithArgument(MachineDirectory.ProcessNameOf("")))
        {
            // Looked at once more after it is held by its descriptor: what is ended is then what was looked at.
            if (LostDirectory(id) is null || RunningProcess.Adopt(id, watcher) is not { } process || LostDirectory(id) is not { } lost)
                continue;
            await process.EndAsync(TimeSpan.Zero, time);
            LogEnded(id, lost);
        }
    }

    /// <summary>The directory below this data directory that a process has a file of open, if it is gone.</summary>
    private string? LostDirectory(int processId)
    {
        var below = data.Machines + "/";
        try
        {
            return new DirectoryInfo($"/proc/{processId}/fd").EnumerateFileSystemInfos()
                .Select(link => link.LinkTarget)
                .Where(target => target is not null && target.StartsWith(below, StringComparison.Ordinal))
                .Select(target => below + target![below.Length..].Split('/')[0])
                .FirstOrDefault(directory => !Directory.Exists(directory));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, EventId = 214, Message = "Ended process {ProcessId}, whose directory {Path} is gone")]
    private partial void LogEnded(int processId, string path);
}
