using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

internal sealed partial class MayflyClient
{
    public Task<Outcome<HouseSettings>> SettingsAsync(CancellationToken token) => GetAsync<HouseSettings>("settings", token);

    public Task<Outcome<HouseSettings>> SetSettingsAsync(HouseSettings settings, CancellationToken token) =>
        SendAsync<HouseSettings>(HttpMethod.Put, "settings", settings, token);

    /// <summary>At most as many events as the filter's limit.</summary>
    public Task<Outcome<List<EventView>>> EventsAsync(EventFilter filter, CancellationToken token) => ListAsync<EventView>(filter.Path, token);

    /// <summary>Copies events, one JSON record a line, oldest first.</summary>
    public async Task<Outcome<Done>> ExportEventsAsync(DateTimeOffset? from, DateTimeOffset? to, TextWriter target, CancellationToken token)
    {
        using var request = Request(HttpMethod.Get, Query.Of("events/export", ("from", from?.ToString("O")), ("to", to?.ToString("O"))), null);
        using var response = await connection.SendAsync(request, token);
        if (!response.IsSuccessStatusCode)
            return await ProblemReader.ReadAsync(response, token);
        try
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(token));
            while (await reader.ReadLineAsync(token) is { } line)
                await target.WriteLineAsync(line.AsMemory(), token);
            return Done.Yes;
        }
        catch (Exception exception) when (exception is HttpIOException or HttpRequestException)
        {
            throw connection.Unreachable(exception);
        }
    }

    /// <summary>True once mayflyd listens and again whenever something has changed; a single false when it does not tell of changes.</summary>
    public async IAsyncEnumerable<bool> ChangesAsync([EnumeratorCancellation] CancellationToken token)
    {
        using var request = Request(HttpMethod.Get, "changes", null);
        using var response = await connection.SendAsync(request, token);
        var told = response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType is "text/event-stream";
        yield return told;
        if (!told)
            yield break;

        await using var stream = await response.Content.ReadAsStreamAsync(token);
        await using var events = SseParser.Create(stream).EnumerateAsync(token).GetAsyncEnumerator(token);
        while (await NextAsync(events!))
            yield return true;
    }
}
