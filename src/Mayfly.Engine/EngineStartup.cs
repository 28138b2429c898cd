using Mayfly.Contracts;
using Mayfly.Engine.Forking;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Limits;
using Mayfly.Engine.Packages;
using Mayfly.Engine.Processes;
using Mayfly.Engine.Publishing;
using Mayfly.Engine.Shipping;
using Mayfly.Engine.Volumes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine;

/// <summary>Puts the data directory in order and takes over the machines of an earlier run, before anything else starts. Stopping leaves machines running.</summary>
internal sealed partial class EngineStartup(
    DataDirectory data, ImageStore images, PackageStore packages, VolumeStore volumes, HostRuntimeSource runtime, MachineHost machines, ControlGroups limits, ProcessWatcher watcher,
    ILogger<EngineStartup> logger, TimeProvider time) : IHostedService
{
    // Room for "/machines/" and the longest name below it within the 107 bytes of a socket address.
    private const int LongestRoot = 107 - 10 - 12 - 11;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (DataDirectoryFault() is { } unusable)
            throw new InvalidOperationException(unusable.ToString());

        // Huge pages would make each clone copy and hold 2 MiB where it wrote a few bytes. Processes started later inherit this.
        _ = Native.ProcessControl(Native.ProcessSetHugePagesDisabled, 1, 0, 0, 0);
        images.RemoveLeftovers();
        packages.Load();
        volumes.RemoveLeftovers();
        machines.TakeIn(await new Adopter(data, runtime.Slots, limits, watcher, logger, time).AdoptAllAsync(cancellationToken));
        await new StrayProcesses(data, watcher, logger, time).EndAllAsync();
        limits.RemoveLeftovers();
        WarmImageStore.RemoveLeftovers(data);
        Staging.RemoveLeftovers(data, time);
        if (await runtime.GetAsync(cancellationToken) is { Fault: { } lack })
            LogLack(lack);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Fault? DataDirectoryFault()
    {
        if (!Path.IsPathFullyQualified(data.Root) || data.Root.Length > LongestRoot)
            return new Fault(
                ErrorCode.DataDirectoryUnusable, $"'{data.Root}' can not be the data directory.",
                $"It must be an absolute path of at most {LongestRoot} characters, so that socket names below it fit.", "Set MAYFLY_DATA to another directory.");
        try
        {
            foreach (var directory in (string[])[data.Root, data.Images, data.Warm, data.Machines, data.Cache])
                Directory.CreateDirectory(directory);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Fault(
                ErrorCode.DataDirectoryUnusable, $"The data directory {data.Root} can not be used.", error.Message, "Set MAYFLY_DATA to a directory you may write to.");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, EventId = 220, Message = "This host can not run machines: {Lack}")]
    private partial void LogLack(Fault lack);
}
