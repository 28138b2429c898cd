using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Mayfly.Server.Tests;

public sealed class OpenApiTests
{
    private static readonly string[] Streams = ["WatchDesktops", "WatchOperation", "WatchPush", "WatchChanges"];

    [Fact]
    public async Task Document_EveryOperation_SaysAllThatAClientNeeds()
    {
        var document = await ReadAsync();
        document["openapi"]!.GetValue<string>().ShouldStartWith("3.1");
        var lacks = Operations(document).SelectMany(operation => Lacks(operation.Name, operation.Node)).ToList();
        lacks.ShouldBeEmpty();
        Operations(document).Select(operation => operation.Node["operationId"]!.GetValue<string>()).ShouldBeUnique();
    }

    [Fact]
    public async Task Document_Schemas_AreDescribedAndHaveEnumsAsStrings()
    {
        var schemas = (await ReadAsync())["components"]!["schemas"]!.AsObject();
        foreach (var (name, schema) in schemas)
        {
            if (name is not "JsonElement") schema!["description"].ShouldNotBeNull(name);
            if (schema!["enum"] is not null) schema["type"]!.ToJsonString().ShouldContain("string", Case.Sensitive, name);
            foreach (var (property, shape) in schema["properties"]?.AsObject() ?? [])
                if (name is not "ProblemDetails") shape!.ToJsonString().ShouldContain("\"description\"", Case.Sensitive, $"{name}.{property}");
        }

        schemas["ProblemDetails"]!["properties"]!.AsObject().Select(entry => entry.Key).ShouldBeSubsetOf(["type", "title", "status", "detail", "instance", "code", "remedy"]);
        schemas["MachineView"]!["properties"]!["fault"]!.ToJsonString().ShouldContain("null");
        schemas["MachineView"]!["properties"]!["name"]!["type"]!.GetValue<string>().ShouldBe("string");
    }

    [Fact]
    public async Task Document_Printed_IsTheOneInDocs()
    {
        var written = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "openapi.json")));
        JsonNode.DeepEquals(written, await ReadAsync()).ShouldBeTrue("docs/openapi.json is not what mayflyd serves. Run eng/openapi.sh.");
    }

    [Fact]
    public async Task Document_OfStreams_NamesTheirContentType()
    {
        var document = await ReadAsync();
        foreach (var stream in Streams)
            Operations(document).Single(one => one.Node["operationId"]!.GetValue<string>() == stream).Node["responses"]!["200"]!["content"]!["text/event-stream"].ShouldNotBeNull(stream);
    }

    internal static async Task<JsonNode> ReadAsync()
    {
        await using var daemon = await Daemon.StartAsync();
        using var client = daemon.Anonymous();
        var answer = await client.GetAsync("/openapi/v1.json");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    internal static IEnumerable<(string Name, string Method, string Path, JsonNode Node)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ($"{operation.Key} {path.Key}", operation.Key.ToUpperInvariant(), path.Key, operation.Value!);

    private static IEnumerable<string> Lacks(string name, JsonNode operation)
    {
        foreach (var part in (string[])["operationId", "summary", "tags", "responses"])
            if (operation[part] is null) yield return $"{name} has no {part}";
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            // Add what a new name means to ParameterWords, or a Description to the parameter.
            if (parameter!["description"] is null) yield return $"{name} does not describe {parameter["name"]}";
            if (parameter["schema"] is null) yield return $"{name} has no schema of {parameter["name"]}";
        }

        var responses = operation["responses"]!.AsObject();
        if (!responses.Any(response => response.Key[0] is '2' or '3' || response.Key == "101")) yield return $"{name} has no answer of success";
        foreach (var (status, response) in responses)
        {
            if (string.IsNullOrEmpty(response!["description"]?.GetValue<string>())) yield return $"{name} does not describe {status}";
            if (status[0] is '4' or '5' && response["content"]?["application/problem+json"]?["schema"] is null) yield return $"{name} has no problem details for {status}";
        }

        if (operation["security"] is not null && !(responses.ContainsKey("401") && responses.ContainsKey("403"))) yield return $"{name} takes a sign-in and does not tell of 401 and 403";
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
