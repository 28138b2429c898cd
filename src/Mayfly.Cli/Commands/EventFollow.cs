using System.Text.Json;
using Mayfly.Cli.Client;
using Mayfly.Cli.Output;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>event list --follow</c>: prints events as they happen.</summary>
internal static class EventFollow
{
    /// <summary>Follows until it is interrupted, or events can no longer be read.</summary>
    /// <returns>The exit code; being interrupted is how it is meant to end, so nothing is said of it.</returns>
    public static async Task<int> RunAsync(CliSession cli, EventFilter filter, CancellationToken cancellationToken)
    {
        try
        {
            return cli.Report.Fail(await FollowAsync(cli, filter, cancellationToken));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ServerUnreachableException && cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static async Task<Fault> FollowAsync(CliSession cli, EventFilter filter, CancellationToken cancellationToken)
    {
        var last = filter.After;
        await foreach (var _ in Changes.FollowAsync(cli, cancellationToken))
        {
            int read;
            do
            {
                if (!(await cli.Client.EventsAsync(filter with { After = last }, cancellationToken)).TryGet(out var events, out var fault))
                    return fault;
                // The newest come newest first, those after a number oldest first.
                foreach (var item in events.OrderBy(item => item.Id).Where(item => item.Id > (last ?? 0)))
                    Print(cli, item);
                read = last is null ? 0 : events.Count;
                last = events.Select(item => item.Id).Append(last ?? 0).Max();
            }
            while (read == filter.Limit);
        }

        throw new OperationCanceledException(cancellationToken);
    }

    private static void Print(CliSession cli, EventView item) => cli.Environment.Out.WriteLine(
        cli.Report.Format is OutputFormat.Json ? JsonSerializer.Serialize(item, ApiJson.Wire) : EventTable.Line(item));
}
