using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mayfly.Server.Tests.Authorization;

/// <summary>An operation of the OpenAPI document.</summary>
internal sealed partial record Operation(string Id, HttpMethod Method, string Path)
{
    public static async Task<IReadOnlyList<Operation>> AllAsync(HttpClient client)
    {
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        return
        [
            .. from path in document.GetProperty("paths").EnumerateObject()
               from method in path.Value.EnumerateObject()
               where method.Value.TryGetProperty("operationId", out _)
               select new Operation(method.Value.GetProperty("operationId").GetString()!, new HttpMethod(method.Name.ToUpperInvariant()), path.Name),
        ];
    }

    /// <summary>True when the route names something that belongs to a pool.</summary>
    public bool NamesPool => Path.Contains("{pool}", StringComparison.Ordinal) || Path.Contains("{machine}", StringComparison.Ordinal) || Path.Contains("{session}", StringComparison.Ordinal);

    /// <summary>Calls it with names put into its route and a body that says nothing; only the head of the answer is read.</summary>
    public async Task<(int Status, string? Title)> CallAsync(HttpClient client, IReadOnlyDictionary<string, string> names)
    {
        using var request = new HttpRequestMessage(Method, Placeholder().Replace(Path, match => names.GetValueOrDefault(match.Groups[1].Value, "nothing")));
        if (Method == HttpMethod.Post || Method == HttpMethod.Put) request.Content = new StringContent("{}", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var problem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? await answer.Content.ReadFromJsonAsync<JsonElement>() : default;
        return ((int)answer.StatusCode, problem.ValueKind == JsonValueKind.Object ? problem.GetProperty("title").GetString() : null);
    }

    public override string ToString() => $"{Id} ({Method} {Path})";

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
