using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Server.Tests;

public sealed partial class FuzzTests
{
    private const int Rounds = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    private static readonly string[] Known = ["p", "ann", "micro", "p-1", "v1"];

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task EveryOperation_OfHostileValues_AnswersWithoutAFailureOfItsOwn(int seed)
    {
        var document = await OpenApiTests.ReadAsync();
        await using var daemon = await Daemon.StartAsync();
        using var local = daemon.Local();
        local.Timeout = Patience;
        (await local.PostAsJsonAsync("/api/v1/users", new AddUserRequest("ann", null, "correct-horse"))).EnsureSuccessStatusCode();
        (await local.PostAsJsonAsync("/api/v1/pools", new CreatePoolRequest { Name = "p", Image = "micro", Spare = 1, Maximum = 4 })).EnsureSuccessStatusCode();
        var random = new Random(seed);
        var values = new HostileValues(document, random);
        // Those that take something away come last: there is something to hit before.
        var operations = OpenApiTests.Operations(document).OrderBy(operation => operation.Method == "DELETE").ThenBy(operation => operation.Name, StringComparer.Ordinal).ToList();
        var failures = new List<string>();
        foreach (var operation in operations)
        {
            for (var round = 0; round < Rounds; round++)
            {
                using var request = Make(operation.Method, operation.Path, operation.Node, values, random);
                var said = $"{request.Method} {request.RequestUri} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync())}";
                using var answer = await SendAsync(local, request);
                if (answer is not null && await FailureAsync(answer) is { } failure) failures.Add($"{(said.Length > 500 ? said[..500] : said)} -> {failure}");
            }
        }

        failures.ShouldBeEmpty();
        (await local.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>The answer; null when mayflyd broke off a body it had refused before all of it was sent, which a client may see before the answer.</summary>
    private static async Task<HttpResponseMessage?> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }
        catch (HttpRequestException exception) when (request.Content is not null && exception.InnerException is IOException)
        {
            return null;
        }
    }

    private static HttpRequestMessage Make(string method, string path, JsonNode operation, HostileValues values, Random random)
    {
        var address = Placeholder().Replace(path, _ => random.Next(2) == 0 ? Known[random.Next(Known.Length)] : values.Text());
        var query = (operation["parameters"]?.AsArray() ?? []).Where(parameter => parameter!["in"]!.GetValue<string>() == "query" && random.Next(3) > 0)
            .Select(parameter => $"{parameter!["name"]!.GetValue<string>()}={values.Query()}").ToList();
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address + (query.Count == 0 ? "" : "?" + string.Join('&', query)), UriKind.Relative));
        foreach (var header in (operation["parameters"]?.AsArray() ?? []).Where(parameter => parameter!["in"]!.GetValue<string>() == "header" && random.Next(3) == 0))
            request.Headers.TryAddWithoutValidation(header!["name"]!.GetValue<string>(), ((string[])["\"", "W/\"x\", *", new('k', 300), "*"])[random.Next(4)]);
        if (operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema)
            request.Content = new StringContent(values.Body(schema), Encoding.UTF8, random.Next(10) == 0 ? "text/plain" : "application/json");
        return request;
    }

    /// <summary>What is wrong with an answer, or null. A fault that Mayfly names is none.</summary>
    private static async Task<string?> FailureAsync(HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode < 500) return null;
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json") return $"{(int)answer.StatusCode} {text}";
        return Enum.TryParse<ErrorCode>(JsonNode.Parse(text)!["code"]!.GetValue<string>(), out var code) && code != ErrorCode.ShuttingDown ? null : $"{(int)answer.StatusCode} {text}";
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Placeholder();
}
