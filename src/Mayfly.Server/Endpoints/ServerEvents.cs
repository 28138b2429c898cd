using System.Runtime.CompilerServices;
using Mayfly.Control.Signals;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Endpoints;

internal static class ServerEvents
{
    /// <summary>A stream of server-sent events that ends quietly when <paramref name="lease"/> is cancelled, and then disposes of it.</summary>
    public static ServerSentEventsResult<T> Stream<T>(Lifetimes.Lease lease, Func<CancellationToken, IAsyncEnumerable<T>> source)
        where T : class => TypedResults.ServerSentEvents(UntilEndedAsync(lease, source));

    private static async IAsyncEnumerable<T> UntilEndedAsync<T>(
        Lifetimes.Lease lease, Func<CancellationToken, IAsyncEnumerable<T>> source, [EnumeratorCancellation] CancellationToken aborted = default)
    {
        using var held = lease;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lease.Token, aborted);
        await using var items = source(either.Token).GetAsyncEnumerator(either.Token);
        while (await MoveAsync(items)) yield return items.Current;
    }

    private static async Task<bool> MoveAsync<T>(IAsyncEnumerator<T> items)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
