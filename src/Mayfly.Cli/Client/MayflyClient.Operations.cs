using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

internal sealed partial class MayflyClient
{
    /// <summary>Follows an operation until it has finished; the last one yielded says how it ended.</summary>
    /// <exception cref="ServerUnreachableException">The connection ended before the operation did.</exception>
    public IAsyncEnumerable<OperationView> FollowAsync(OperationView operation, CancellationToken token) =>
        FollowAsync(operation, $"operations/{Part(operation.Id)}/events", operation.Target, view => view.State is not "running", token);

    /// <summary>Follows a push until it has finished; the last one yielded says how it ended.</summary>
    /// <exception cref="ServerUnreachableException">The connection ended before the push did.</exception>
    public IAsyncEnumerable<PushView> FollowAsync(PushView push, CancellationToken token) =>
        FollowAsync(push, PoolPath(push.Pool, "push/events"), $"pool {push.Pool}", view => view.FinishedAt is not null, token);

    /// <summary>Follows a capture until it has ended; the last one yielded says how.</summary>
    /// <exception cref="ServerUnreachableException">The connection ended before the capture did.</exception>
    public IAsyncEnumerable<CaptureView> FollowAsync(CaptureView capture, CancellationToken token) =>
        FollowAsync(capture, $"captures/{Part(capture.Id)}/events", $"the capture of {capture.App} {capture.Version}", view => view.EndedAt is not null, token);

    /// <summary>True when mayflyd says it is up.</summary>
    public async Task<bool> IsHealthyAsync(CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "healthz");
        using var response = await connection.SendAsync(request, token);
        return response.IsSuccessStatusCode;
    }

    private async IAsyncEnumerable<T> FollowAsync<T>(
        T first, string events, string target, Func<T, bool> hasFinished, [EnumeratorCancellation] CancellationToken token)
    {
        yield return first;
        if (hasFinished(first))
            yield break;

        using var request = Request(HttpMethod.Get, events, null);
        using var response = await connection.SendAsync(request, token);
        if (!response.IsSuccessStatusCode)
            throw new UnexpectedAnswerException((await ProblemReader.ReadAsync(response, token)).ToString());

        await using var stream = await response.Content.ReadAsStreamAsync(token);
        await foreach (var view in ReadEventsAsync<T>(stream, token))
        {
            yield return view;
            if (hasFinished(view))
                yield break;
        }

        throw new ServerUnreachableException(Address, $"the connection ended while it worked on {target}");
    }

    private async IAsyncEnumerable<T> ReadEventsAsync<T>(Stream stream, [EnumeratorCancellation] CancellationToken token)
    {
        var parser = SseParser.Create(stream, (_, data) => JsonSerializer.Deserialize<T>(data, ApiJson.Wire));
        await using var events = parser.EnumerateAsync(token).GetAsyncEnumerator(token);
        while (await NextAsync(events))
        {
            if (events.Current.Data is { } view)
                yield return view;
        }
    }

    private async ValueTask<bool> NextAsync<T>(IAsyncEnumerator<SseItem<T?>> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw connection.Unreachable(exception);
        }
    }
}
