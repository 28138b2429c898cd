using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Output;

/// <summary>Shows long work while it goes on: what it is doing now, how far it is, and the seconds of each finished step.</summary>
internal abstract class ProgressDisplay
{
    /// <summary>Runs <paramref name="work"/> and shows what it tells the given line.</summary>
    public abstract Task<T> RunAsync<T>(string title, Func<IProgressLine, Task<T>> work);

    /// <summary>Follows an operation to its end.</summary>
    /// <returns>The finished operation, or why it failed.</returns>
    public Task<Outcome<OperationView>> FollowAsync(
        MayflyClient client, OperationView operation, CancellationToken cancellationToken) =>
        RunAsync($"{operation.Kind} {operation.Target}", line => FollowAsync(client, operation, line, cancellationToken));

    private static async Task<Outcome<OperationView>> FollowAsync(
        MayflyClient client, OperationView operation, IProgressLine line, CancellationToken cancellationToken)
    {
        var told = 0;
        var last = operation;
        await foreach (var view in client.FollowAsync(operation, cancellationToken))
        {
            foreach (var step in view.Steps.Skip(told))
                line.Finished(step.Name, step.Seconds);
            told = Math.Max(told, view.Steps.Count);
            last = view;
            if (view.State is "running")
                line.Doing(view.Step, view.Percent);
        }

        return last.Fault is { } fault ? fault : last;
    }
}
