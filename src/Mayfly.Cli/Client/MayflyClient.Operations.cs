using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

internal sealed partial class MayflyClient
{
    /// <summary>Follows an operation until it has finished; the last one yielded says how it ended.</summary>
    /// <exception cref="ServerUnreachableException">The connection ended before the operation did.</exception>
    public async IAsyncEnumerable<OperationView> FollowAsync(OperationView operation, [EnumeratorCancellation] CancellationToken token)
    {
        yield return operation;
        if (HasFinished(operation))
            yield break;

        using var request = Request(HttpMethod.Get, $"operations/{Part(operation.Id)}/events", null);
        using var response = await connection.SendAsync(request, token);
        if (!response.IsSuccessStatusCode)
            throw new UnexpectedAnswerException((await ProblemReader.ReadAsync(response, token)).ToString());

        await using var stream = await response.Content.ReadAsStreamAsync(token);
        await foreach (var view in ReadEventsAsync(stream, token))
        {
            yield return view;
            if (HasFinished(view))
                yield break;
        }

        throw new ServerUnreachableException(Address, $"the connection ended while it worked on {operation.Target}");
    }

    /// <summary>True when mayflyd says it is up.</summary>
    public async Task<bool> IsHealthyAsync(CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "healthz");
        using var response = await connection.SendAsync(request, token);
        return response.IsSuccessStatusCode;
    }

    private static bool HasFinished(OperationView operation) => operation.State is not "running";

    private async IAsyncEnumerable<OperationView> ReadEventsAsync(Stream stream, [EnumeratorCancellation] CancellationToken token)
    {
        var parser = SseParser.Create(stream, (_, data) => JsonSerializer.Deserialize<OperationView>(data, ApiJson.Wire));
        await using var events = parser.EnumerateAsync(token).GetAsyncEnumerator(token);
        while (await NextAsync(events))
        {
            if (events.Current.Data is { } view)
                yield return view;
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<SseItem<OperationView?>> events)
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
