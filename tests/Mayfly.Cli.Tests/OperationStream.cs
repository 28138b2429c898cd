using System.Text.Json;
using System.Text.Json.Serialization;
using Mayfly.Contracts.Api;
using Microsoft.AspNetCore.Http;

namespace Mayfly.Cli.Tests;

/// <summary>Server-sent events of an operation.</summary>
internal static class OperationStream
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static async Task WriteAsync(HttpContext context, params OperationView[] views)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var view in views)
        {
            await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(view, Json)}\n\n");
            await context.Response.Body.FlushAsync();
        }
    }
}
