using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mayfly.Contracts.Api;
using Mayfly.Server.Hosting;
using Mayfly.TestKit;

namespace Mayfly.Server.Tests;

// Alone in the process: OpenTelemetry goes by the name of a meter, and the house that is stopped first takes the series of that name from all others.
[Collection(nameof(MetricsTests))]
[CollectionDefinition(nameof(MetricsTests), DisableParallelization = true)]
public sealed partial class MetricsTests
{
    [Fact]
    public async Task Metrics_Read_TakeThePermissionUnlessTheyAreOpen()
    {
        await using (var daemon = await Daemon.StartAsync())
        {
            (await daemon.Anonymous().GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await (await daemon.SignInAsync("ann")).Client.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            await daemon.SignInAsync("eve", administrator: true);
            using var local = daemon.Local();
            var made = await (await local.PostAsJsonAsync("/api/v1/tokens", new { User = "eve", Label = "prometheus" })).Content.ReadFromJsonAsync<JsonNode>();
            using var program = daemon.Anonymous();
            program.DefaultRequestHeaders.Authorization = new("Bearer", made!["token"]!.GetValue<string>());
            (await program.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await using var open = await Daemon.StartAsync(null, options => options with { MetricsOpen = true });
        (await open.Anonymous().GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Metrics_AfterADay_NameNoUserAndNoMachine()
    {
        await using var daemon = await Daemon.StartAsync();
        var text = await LiveAsync(daemon);
        text.ShouldContain("mayfly_forks_total{");
        text.ShouldContain("mayfly_fork_ready_seconds_bucket{");
        text.ShouldContain("mayfly_database_write_seconds_bucket{");
        text.ShouldContain("mayfly_sign_ins_total{");
        text.ShouldContain("outcome=\"failed\"");
        text.ShouldNotContain("ann-the-user");
        text.ShouldNotContain("\"p-1\"");
    }

    [Fact]
    public async Task Dashboard_EveryQuery_NamesMetricsThatThereAre()
    {
        await using var daemon = await Daemon.StartAsync();
        var text = await LiveAsync(daemon);
        // What shows only while there is something to show: named in the code, and by OpenTelemetry's rules in Prometheus.
        var there = Series().Matches(text).Select(found => found.Groups[1].Value).Concat(["mayfly_push_replaced", "mayfly_push_remaining", "mayfly_displays_open"])
            .Concat(((string[])["_bucket", "_sum", "_count"]).Select(end => "mayfly_logon_seconds" + end)).ToHashSet();
        var dashboard = JsonNode.Parse(await File.ReadAllTextAsync(Dashboard()))!;
        var queries = dashboard["panels"]!.AsArray().SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => target!["expr"]!.GetValue<string>()).ToList();
        queries.Count.ShouldBeGreaterThan(15);
        foreach (var query in queries)
        {
            var named = Named().Matches(query).Select(found => found.Value).Where(name => name.StartsWith("mayfly_", StringComparison.Ordinal) || name.StartsWith("http_server_", StringComparison.Ordinal)).ToList();
            named.ShouldNotBeEmpty(query);
            named.ShouldBeSubsetOf(there, query);
        }
    }

    [Fact]
    public async Task Collector_NamedByTheEnvironment_IsSentTheMetricsOverHttp()
    {
        await using var collector = await Collector.StartAsync();
        using var environment = new EnvironmentVariables(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "200"));
        await using var daemon = await Daemon.StartAsync(null, options => options with { SendMetrics = ServerOptions.Read([], Environment.GetEnvironmentVariable).SendMetrics });
        await daemon.SignInAsync("ann");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await collector.ReceiveAsync("mayfly.sign_ins", limit.Token);
    }

    [Fact]
    public async Task History_Asked_HasAUnitAndRefusesWhatIsNotThere()
    {
        await using var daemon = await Daemon.StartAsync();
        using var local = daemon.Local();
        var series = (await local.GetFromJsonAsync<MetricSeries>("/api/v1/metrics/history?name=ForkMedian&minutes=60", Daemon.Json))!;
        (series.Name, series.Unit).ShouldBe((MetricName.ForkMedian, "s"));
        (await local.GetAsync("/api/v1/metrics/history?name=Nothing")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await local.GetAsync("/api/v1/metrics/history?name=Forks&minutes=1441")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    /// <summary>Sets variables of this process, which these tests have for themselves, until disposed.</summary>
    private sealed class EnvironmentVariables : IDisposable
    {
        private readonly List<(string Name, string? Before)> _before;

        public EnvironmentVariables(params (string Name, string Value)[] wanted)
        {
            _before = [.. wanted.Select(variable => (variable.Name, Environment.GetEnvironmentVariable(variable.Name)))];
            foreach (var (name, value) in wanted) Environment.SetEnvironmentVariable(name, value);
        }

        public void Dispose() => _before.ForEach(variable => Environment.SetEnvironmentVariable(variable.Name, variable.Before));
    }

    /// <summary>The metrics of a house in which something of each kind has happened.</summary>
    private static async Task<string> LiveAsync(Daemon daemon)
    {
        var ann = await daemon.SignInAsync("ann-the-user");
        await daemon.OpenAsync(ann, "ann-the-user");
        await daemon.Anonymous().PostAsJsonAsync("/api/v1/login", new LoginRequest("ann-the-user", "wrong-password"));
        daemon.Host.OnProvision = (_, _) => Task.FromResult<Contracts.Fault?>(new(Contracts.ErrorCode.MachineStartFailed, "It does not start."));
        using var local = daemon.Local();
        await local.PostAsync("/api/v1/pools/p/machines", null);
        string text = "";
        await Eventually.HoldsAsync(async () => (text = await local.GetStringAsync("/metrics")).Contains("mayfly_host_memory_free_bytes", StringComparison.Ordinal)
            && text.Contains("outcome=\"failed\"", StringComparison.Ordinal) && text.Contains("mayfly_machines{", StringComparison.Ordinal), "the metrics are there", 120);
        return text;
    }

    private static string Dashboard([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "grafana", "mayfly.json"));

    [GeneratedRegex("^([a-z_][a-z0-9_]*)[{ ]", RegexOptions.Multiline)]
    private static partial Regex Series();

    [GeneratedRegex("[a-z_][a-z0-9_]*")]
    private static partial Regex Named();
}
