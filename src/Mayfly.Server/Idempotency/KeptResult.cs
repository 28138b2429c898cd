using Mayfly.Control.Idempotency;

namespace Mayfly.Server.Idempotency;

/// <summary>An answer given once more.</summary>
internal sealed class KeptResult(KeptAnswer kept) : IResult
{
    private const int FirstError = 400;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = kept.Status;
        response.Headers[IdempotentEndpoints.ReplayedHeader] = "true";
        if (kept.Location is not null) response.Headers.Location = kept.Location;
        if (kept.Body.Length == 0) return;
        response.ContentType = kept.Status < FirstError ? "application/json; charset=utf-8" : "application/problem+json";
        response.ContentLength = kept.Body.Length;
        await response.Body.WriteAsync(kept.Body, httpContext.RequestAborted);
    }
}
