namespace Mayfly.Server.Standby;

/// <summary>The lifetime of an application that is one of several in its process: signals are not for it, and its end is not the process's.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
