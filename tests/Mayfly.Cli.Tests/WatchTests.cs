using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mayfly.Cli.Tests;

public sealed class WatchTests : IDisposable
{
    private readonly CancellationTokenSource _interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private int _reads;

    public void Dispose() => _interrupt.Dispose();

    [Fact]
    public async Task Watch_Changes_ShowsEachOnceAndEndsInterrupted()
    {
        await using var server = await StubServer.StartAsync(app =>
        {
            // One of the changes is none here.
            app.MapGet("/api/v1/pools", () => NextAsync<PoolView[]>([Samples.Pool(1)], [Samples.Pool(1)], [Samples.Pool(2)], [Samples.Pool(3)]));
            app.MapGet("/api/v1/changes", context => TellAsync(context, 4));
        });

        var run = await server.RunAsync(_interrupt.Token, "pool", "list", "--watch", "-o", "json");

        run.ExitCode.ShouldBe(ExitCodes.Interrupted);
        run.Error.ShouldBeEmpty();
        Lines(run).Select(line => JsonDocument.Parse(line).RootElement[0].GetProperty("available").GetInt32()).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Watch_NoTerminal_SetsTablesApart()
    {
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapGet("/api/v1/pools", () => NextAsync<PoolView[]>([Samples.Pool(1)], [Samples.Pool(2)]));
            app.MapGet("/api/v1/changes", context => TellAsync(context, 2));
        });

        var run = await server.RunAsync(_interrupt.Token, "pool", "list", "--watch");

        Lines(run).Count(line => line.StartsWith("--- ", StringComparison.Ordinal)).ShouldBe(2);
        Lines(run).Count(line => line.Contains("desktops", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Watch_ServerThatDoesNotTell_SaysSoAndShows()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/pools", () => NextAsync<PoolView[]>([Samples.Pool()])));

        var run = await server.RunAsync(_interrupt.Token, "pool", "list", "--watch");

        run.ExitCode.ShouldBe(ExitCodes.Interrupted);
        run.Error.ShouldStartWith("This mayflyd does not tell of changes");
        run.Out.ShouldContain("desktops");
    }

    [Fact]
    public async Task Watch_ThingGone_EndsWithItsFault()
    {
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapGet("/api/v1/pools/{pool}", IResult () => _reads++ == 0 ? Results.Json(Samples.Pool(), OperationStream.Json) : Samples.Problem(ErrorCode.NotFound, 404));
            app.MapGet("/api/v1/changes", context => TellAsync(context, 1));
        });

        (await server.RunAsync("pool", "show", "desktops", "--watch")).ExitCode.ShouldBe(ExitCodes.NotFound);
    }

    [Fact]
    public async Task Watch_ConnectionEnds_SaysSo()
    {
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapGet("/api/v1/pools", () => new[] { Samples.Pool() });
            app.MapGet("/api/v1/changes", context => OperationStream.WriteAsync(context, "changed"));
        });

        var run = await server.RunAsync("pool", "list", "--watch");

        run.ExitCode.ShouldBe(ExitCodes.ServerUnreachable);
        run.Error.ShouldContain("the connection ended");
    }

    [Fact]
    public async Task Follow_Events_PrintsEachOnceOldestFirst()
    {
        await using var server = await StubServer.StartAsync(app =>
        {
            app.MapGet("/api/v1/events", () => NextAsync<Page<EventView>>(new([Event(2), Event(1)], "1", 2), new([Event(3), Event(4)], null, 2)));
            app.MapGet("/api/v1/changes", context => TellAsync(context, 2));
        });

        var run = await server.RunAsync(_interrupt.Token, "event", "list", "--follow", "--limit", "5");

        run.ExitCode.ShouldBe(ExitCodes.Interrupted);
        Lines(run).Select(line => line.Split("kind: ")[1][0]).ShouldBe(['1', '2', '3', '4']);
        server.Requests.Where(request => request.Contains("/events", StringComparison.Ordinal)).ShouldBe(
            ["GET /api/v1/events?limit=5", "GET /api/v1/events?limit=5&after=2", "GET /api/v1/events?limit=5&after=4"]);
    }

    [Fact]
    public async Task Export_Days_AreSentAndLinesComeAsTheyAre()
    {
        await using var server = await StubServer.StartAsync(app => app.MapGet("/api/v1/events/export", () => Results.Text("{\"id\":1}\n{\"id\":2}\n", "application/x-ndjson")));

        var run = await server.RunAsync("event", "export", "--from", "2026-05-04T12:00Z");

        run.Out.ShouldBe($"{{\"id\":1}}{Environment.NewLine}{{\"id\":2}}{Environment.NewLine}");
        server.Requests[0].ShouldContain("from=2026-05-04T12%3A00%3A00");
    }

    private static EventView Event(long id) => new(id, Samples.Noon, "info", "kind", $"{id} happened", null, null, null);

    private static List<string> Lines(CliRun run) => [.. run.Out.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Tells of changes and keeps the connection.</summary>
    private static async Task TellAsync(HttpContext context, int changes)
    {
        await OperationStream.WriteAsync(context, [.. Enumerable.Repeat("changed", changes)]);
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>Answers each value once. Whoever asks for more has shown them all, and is interrupted.</summary>
    private async Task<IResult> NextAsync<T>(params T[] values)
    {
        if (_reads < values.Length)
            return Results.Json(values[_reads++], OperationStream.Json);
        await _interrupt.CancelAsync();
        return Results.NoContent();
    }
}
