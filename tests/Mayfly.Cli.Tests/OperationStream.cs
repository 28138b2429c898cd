using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Mayfly.Cli.Tests;

/// <summary>Server-sent events of an operation or a push.</summary>
internal static class OperationStream
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static async Task WriteAsync<T>(HttpContext context, params T[] views)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var view in views)
        {
            await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(view, Json)}\n\n");
            await context.Response.Body.FlushAsync();
        }
    }
}
