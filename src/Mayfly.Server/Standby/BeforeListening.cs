namespace Mayfly.Server.Standby;

/// <summary>Does something when all else has started and the listeners are about to.</summary>
internal sealed class BeforeListening(Func<Task> act) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => act();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
