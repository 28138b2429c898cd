using System.Text.Json.Nodes;

namespace Mayfly.Server.Tests;

/// <summary>Values for the schemas of the API's description: good ones, and such as no honest client sends. The same seed gives the same ones.</summary>
internal sealed class HostileValues(JsonNode document, Random random)
{
    private const int Deepest = 6;
    private const int LongestInAddress = 2_000;

    private static readonly string[] Texts =
    [
        "", " ", new('a', 10_000), "\0", "ü💥\u202e", "../../etc/passwd", "' OR 1=1 --", "%_\\", "a\r\nSet-Cookie: x=y", "null", "-1", "{\"a\":1}", "\ufffd\uffff", "p", "ann",
    ];

    private static readonly string[] Numbers = ["-1", "0", "2147483648", "-9223372036854775809", "1e400", "1.5", "\"5\"", "999999999999999999999999", "NaN"];

    private static readonly string[] Wrong = ["null", "[]", "{}", "true", "7", "\"x\"", "[null]", "\"\\ud800\"", "", "{\"a\":"];

    /// <summary>JSON of a body in which one thing, or all of it, is hostile.</summary>
    public string Body(JsonNode schema)
    {
        var kind = random.Next(10);
        if (kind == 0) return Pick(Wrong);
        if (kind == 1) return new string('[', 5_000);
        var resolved = Resolve(schema);
        if (resolved["properties"] is not JsonObject properties || properties.Count == 0) return Hostile(schema);
        var victim = properties.ElementAt(random.Next(properties.Count)).Key;
        var fields = properties.Where(property => property.Key != victim).Select(property => $"\"{property.Key}\":{Good(property.Value!, 0)}").ToList();
        if (kind > 2) fields.Add($"\"{victim}\":{Hostile(properties[victim]!)}");
        return $"{{{string.Join(',', fields)}}}";
    }

    /// <summary>A part of an address, escaped.</summary>
    public string Text() => random.Next(12) switch
    {
        0 => "%ED%A0%80",
        1 => "%00",
        2 => "%2e%2e%2fx",
        _ => Uri.EscapeDataString(Pick(Texts)) is { Length: > LongestInAddress } much ? much[..LongestInAddress] : Uri.EscapeDataString(Pick(Texts)),
    };

    /// <summary>A value of a query, escaped.</summary>
    public string Query() => random.Next(2) == 0 ? Uri.EscapeDataString(Pick(Numbers)) : Text();

    private string Good(JsonNode schema, int depth)
    {
        var resolved = Resolve(schema);
        if (depth > Deepest) return "null";
        if (resolved["enum"] is JsonArray names) return names[random.Next(names.Count)]?.ToJsonString() ?? "null";
        return TypeOf(resolved) switch
        {
            "integer" or "number" => random.Next(1, 20).ToString(),
            "boolean" => random.Next(2) == 0 ? "true" : "false",
            "array" => $"[{Good(resolved["items"]!, depth + 1)}]",
            "object" => $"{{{string.Join(',', (resolved["properties"] as JsonObject ?? []).Select(property => $"\"{property.Key}\":{Good(property.Value!, depth + 1)}"))}}}",
            _ => resolved["format"]?.GetValue<string>() switch { "date-time" => "\"2030-01-01T00:00:00Z\"", "time" => "\"08:00:00\"", _ => "\"abcdefgh\"" },
        };
    }

    private string Hostile(JsonNode schema)
    {
        if (random.Next(4) == 0) return Pick(Wrong);
        var resolved = Resolve(schema);
        return TypeOf(resolved) switch
        {
            "integer" or "number" => Pick(Numbers),
            "array" => random.Next(2) == 0 ? $"[{string.Join(',', Enumerable.Repeat(Good(resolved["items"]!, 2), 2_000))}]" : "[null,null]",
            "string" => random.Next(3) == 0 ? Pick(Numbers) : JsonValue.Create(Pick(Texts)).ToJsonString(),
            _ => Pick(Wrong),
        };
    }

    private JsonNode Resolve(JsonNode schema)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference) return Resolve(document["components"]!["schemas"]![reference.Split('/')[^1]]!);
        return schema["oneOf"] is JsonArray choices ? Resolve(choices.Last(choice => choice!["type"] is not JsonValue type || type.GetValue<string>() != "null")!) : schema;
    }

    private static string? TypeOf(JsonNode schema) => schema["type"] switch
    {
        JsonArray several => several.Select(one => one!.GetValue<string>()).First(one => one != "null"),
        { } one => one.GetValue<string>(),
        null => null,
    };

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
