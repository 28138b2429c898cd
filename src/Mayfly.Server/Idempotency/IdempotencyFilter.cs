using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Idempotency;
using Mayfly.Server.Auth;
using Mayfly.Server.Faults;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Mayfly.Server.Idempotency;

/// <summary>Carries a request with an Idempotency-Key out once, and gives its answer to whoever of the same caller asks the same again.</summary>
internal sealed class IdempotencyFilter(IdempotencyStore store, IOptions<JsonOptions> json) : IEndpointFilter
{
    private const int LongestKey = 200;
    private const int FirstServerError = 500;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.Request.Headers.TryGetValue(IdempotentEndpoints.KeyHeader, out var header)) return await next(context);
        var key = header.ToString();
        if (header.Count != 1 || key.Length is 0 or > LongestKey) return new Fault(ErrorCode.InvalidRequest, $"An idempotency key has 1 to {LongestKey} characters.").ToProblem();
        var begun = await store.BeginAsync(http.User.Name(), key, Describe(context), http.RequestAborted);
        if (!begun.TryGet(out var found, out var fault)) return fault.ToProblem();
        if (found.Kept is { } kept) return new KeptResult(kept);
        KeptAnswer? answer = null;
        try
        {
            var result = await next(context);
            answer = ToKeep(result);
            return result;
        }
        finally
        {
            await found.Turn!.EndAsync(answer);
        }
    }

    /// <summary>Method, path and body. The body as it was understood: its white space and the order of its fields do not count.</summary>
    private string Describe(EndpointFilterInvocationContext context)
    {
        var request = context.HttpContext.Request;
        var bodies = context.Arguments.Where(argument => argument?.GetType().Namespace == typeof(PoolView).Namespace)
            .Select(body => JsonSerializer.Serialize(body, body!.GetType(), json.Value.SerializerOptions));
        return string.Join('\n', [request.Method, request.Path + request.QueryString, .. bodies]);
    }

    /// <summary>What is kept of an answer, or null: what failed here, or was too much at once, may well succeed later.</summary>
    private KeptAnswer? ToKeep(object? answer)
    {
        var result = answer is INestedHttpResult nested ? nested.Result : answer;
        if (result is not IStatusCodeHttpResult { StatusCode: { } status and < FirstServerError and not StatusCodes.Status429TooManyRequests }) return null;
        var value = (result as IValueHttpResult)?.Value;
        var body = value is null ? [] : JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), json.Value.SerializerOptions);
        return new KeptAnswer(status, LocationOf(result), body);
    }

    private static string? LocationOf(object result) => result.GetType().GetProperty("Location")?.GetValue(result) as string;
}
