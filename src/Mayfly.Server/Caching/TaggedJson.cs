using Microsoft.Net.Http.Headers;

namespace Mayfly.Server.Caching;

/// <summary>JSON with its tag, or 304 for a client that has it.</summary>
internal sealed class TaggedJson(byte[] json, EntityTagHeaderValue tag) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.GetTypedHeaders().ETag = tag;
        if (EntityTags.Matches(httpContext.Request.GetTypedHeaders().IfNoneMatch, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json, httpContext.RequestAborted);
    }
}
