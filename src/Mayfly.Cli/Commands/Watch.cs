using System.Text.Json;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>--watch</c>: shows something again whenever it has changed.</summary>
internal static class Watch
{
    /// <summary>Watches until it is interrupted, or what is watched can no longer be read.</summary>
    /// <returns>The exit code; being interrupted is how it is meant to end, so nothing is said of it.</returns>
    public static async Task<int> RunAsync<T>(
        CliSession cli, Func<CancellationToken, Task<Outcome<T>>> read, Func<T, IRenderable> render, CancellationToken cancellationToken)
    {
        try
        {
            return cli.Report.Fail(await cli.Report.WatchAsync(render, show => FollowAsync(cli, read, show, cancellationToken)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ServerUnreachableException && cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static async Task<Fault> FollowAsync<T>(
        CliSession cli, Func<CancellationToken, Task<Outcome<T>>> read, Action<T> show, CancellationToken cancellationToken)
    {
        string? shown = null;
        await foreach (var _ in Changes.FollowAsync(cli, cancellationToken))
        {
            if (!(await read(cancellationToken)).TryGet(out var value, out var fault))
                return fault;
            // The house tells that anything has changed; this may be the same still.
            var now = JsonSerializer.Serialize(value, ApiJson.Wire);
            if (now != shown)
                show(value);
            shown = now;
        }

        throw new OperationCanceledException(cancellationToken);
    }
}
