using System.Net;
using System.Text.Json;
using Mayfly.Contracts;

namespace Mayfly.Cli.Client;

/// <summary>Turns the API's problem details back into a <see cref="Fault"/>.</summary>
internal static class ProblemReader
{
    /// <exception cref="UnexpectedAnswerException">The answer is not one of Mayfly's.</exception>
    public static async Task<Fault> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var problem = Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        var code = Enum.TryParse<ErrorCode>(problem?.Code, out var known) ? known : FromStatus(response.StatusCode);
        if (code is null)
            throw new UnexpectedAnswerException($"mayflyd answered {(int)response.StatusCode} {response.ReasonPhrase}; its log says more.");
        return new Fault(code.Value, problem?.Title ?? $"mayflyd answered {(int)response.StatusCode}.", problem?.Detail, problem?.Remedy);
    }

    private static Problem? Parse(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<Problem>(body, ApiJson.Wire);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ErrorCode? FromStatus(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => ErrorCode.InvalidRequest,
        HttpStatusCode.Unauthorized => ErrorCode.Unauthenticated,
        HttpStatusCode.Forbidden => ErrorCode.Forbidden,
        HttpStatusCode.NotFound => ErrorCode.NotFound,
        HttpStatusCode.Conflict => ErrorCode.Busy,
        HttpStatusCode.TooManyRequests => ErrorCode.TooManyRequests,
        HttpStatusCode.ServiceUnavailable => ErrorCode.ShuttingDown,
        _ => null,
    };

    // What an answer has nothing to say to, it leaves out.
    private sealed record Problem(string? Code = null, string? Title = null, string? Detail = null, string? Remedy = null);
}
