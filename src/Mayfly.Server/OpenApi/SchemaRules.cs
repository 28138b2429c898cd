using System.Text.Json.Nodes;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Mayfly.Server.OpenApi;

/// <summary>What the generator leaves out of schemas.</summary>
internal static class SchemaRules
{
    public static Task ApplyAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(ProblemDetails)) Complete(schema);
        if ((Nullable.GetUnderlyingType(type) ?? type).IsEnum) schema.Type = JsonSchemaType.String | ((schema.Type ?? default) & JsonSchemaType.Null);
        // Not ours, and one that is used only where it may be missing: for these the generator finds no comments.
        if (type == typeof(DayOfWeek)) schema.Description = "A day of the week.";
        if (Nullable.GetUnderlyingType(type) == typeof(SessionClient)) schema.Description = "What a display is opened with.";
        if (Nullable.GetUnderlyingType(type) == typeof(VolumeKind)) schema.Description = "What of a user's a writable volume keeps.";
        return Task.CompletedTask;
    }

    /// <summary>Every problem has these two besides what the RFC names.</summary>
    private static void Complete(OpenApiSchema problem)
    {
        problem.Description = "What went wrong, so that a person can act on it and a program can tell it apart.";
        problem.Properties ??= new Dictionary<string, IOpenApiSchema>();
        problem.Properties["code"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "Stable code; \"Internal\" for what was not foreseen.",
            Enum = [.. Enum.GetNames<ErrorCode>().Append("Internal").Select(name => (JsonNode)name)],
        };
        problem.Properties["remedy"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = "What to do about it, or null." };
        problem.Required = new HashSet<string> { "code" };
    }
}
