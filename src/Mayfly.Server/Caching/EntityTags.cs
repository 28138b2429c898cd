using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Mayfly.Server.Caching;

/// <summary>
/// Tags of what is answered, so that a client asks again without getting again what it has. They are weak: a hash of the JSON, not of the
/// bytes on the wire. A change of settings may name the one it was made for.
/// </summary>
internal static class EntityTags
{
    // What is longer than any page of a list goes out without a tag: hashing it would hold it in memory twice.
    private const int LongestTagged = 16 * 1024 * 1024;
    private const int HashBytes = 16;

    /// <summary>Tags the JSON answers of an endpoint that reads.</summary>
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        if (!HttpMethods.IsGet(context.HttpContext.Request.Method)) return answer;
        var result = answer is INestedHttpResult nested ? nested.Result : answer;
        if (result is not (IValueHttpResult { Value: { } value } and IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK })) return answer;
        var json = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Options(context.HttpContext));
        if (json.Length > LongestTagged) return answer;
        return new TaggedJson(json, TagOf(json));
    }

    /// <summary>What an If-Match header asks of the present value; null when there is none, and everything will do.</summary>
    public static Predicate<T>? Expected<T>(HttpRequest request)
        where T : notnull
    {
        if (request.Headers.IfMatch.Count == 0) return null;
        var wanted = request.GetTypedHeaders().IfMatch;
        var options = Options(request.HttpContext);
        return value => Matches(wanted, TagOf(JsonSerializer.SerializeToUtf8Bytes(value, options)));
    }

    /// <summary>True when one of the tags is this one, or stands for any. Compared as weak ones: ours all are.</summary>
    internal static bool Matches(IList<EntityTagHeaderValue> wanted, EntityTagHeaderValue tag) =>
        wanted.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false));

    private static EntityTagHeaderValue TagOf(byte[] json) =>
        new($"\"{Base64Url.EncodeToString(SHA256.HashData(json).AsSpan(0, HashBytes))}\"", isWeak: true);

    private static JsonSerializerOptions Options(HttpContext context) => context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
}
