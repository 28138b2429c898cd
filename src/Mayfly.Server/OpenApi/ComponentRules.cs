using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace Mayfly.Server.OpenApi;

/// <summary>What can be said of schemas only when all of them are known.</summary>
internal static partial class ComponentRules
{
    private const string EventStream = "text/event-stream";

    public static void Apply(OpenApiDocument document)
    {
        var operations = document.Paths.Values.SelectMany(path => path.Operations?.Values.ToList() ?? []).ToList();
        foreach (var content in operations.SelectMany(operation => operation.Responses?.Values.ToList() ?? []).Select(response => response.Content)) Unwrap(document, content);
        foreach (var wrapper in document.Components!.Schemas!.Keys.Where(name => name.StartsWith("SseItemOf", StringComparison.Ordinal)).ToList()) document.Components.Schemas.Remove(wrapper);
        var taken = Taken(operations);
        foreach (var (name, schema) in document.Components.Schemas)
        {
            // That a value may be missing is said where it is used.
            if (schema is OpenApiSchema { Enum: { } values } choice) choice.Enum = [.. values.Where(value => value is not null && !value.IsJsonNullSentinel())];
            foreach (var property in (schema.Properties ?? new Dictionary<string, IOpenApiSchema>()).Values) Tidy(property);
            // What Mayfly says, it says in full; of what it takes, all that has a default may be missing.
            if (!taken.Contains(name) && name != "ProblemDetails" && schema is OpenApiSchema { Properties: { } properties } said) said.Required = properties.Keys.ToHashSet();
        }
    }

    /// <summary>The data of an event rather than the event around it.</summary>
    private static void Unwrap(OpenApiDocument document, IDictionary<string, OpenApiMediaType>? content)
    {
        if (content is null || !content.TryGetValue(EventStream, out var stream) || stream.Schema is not OpenApiSchemaReference { Reference.Id: { } id }) return;
        if (document.Components!.Schemas!.TryGetValue(id, out var wrapper) && wrapper.Properties?.TryGetValue("data", out var data) == true) stream.Schema = data;
    }

    /// <summary>Names of the schemas that requests have, and of those in them.</summary>
    private static HashSet<string> Taken(List<OpenApiOperation> operations)
    {
        var taken = new HashSet<string>();
        var open = new Stack<IOpenApiSchema>(operations.SelectMany(operation => operation.RequestBody?.Content?.Values.ToList() ?? []).Select(media => media.Schema).OfType<IOpenApiSchema>());
        while (open.TryPop(out var schema))
        {
            if (schema is OpenApiSchemaReference { Reference.Id: { } id } && !taken.Add(id)) continue;
            foreach (var inner in (schema.Properties?.Values ?? []).Concat(schema.OneOf ?? []).Concat(schema.AnyOf ?? []).Concat(schema.AllOf ?? [])) open.Push(inner);
            if (schema.Items is { } items) open.Push(items);
        }

        return taken;
    }

    /// <summary>References in comments come with types that no reader of the description knows.</summary>
    private static void Tidy(IOpenApiSchema property)
    {
        if (property.Description is { } words) property.Description = Reference().Replace(words, "$1");
        foreach (var inner in property.OneOf ?? []) Tidy(inner);
    }

    [GeneratedRegex(@"\b(?:int|long|bool|double|string)\?? [A-Z]\w*\.([A-Z])")]
    private static partial Regex Reference();
}
