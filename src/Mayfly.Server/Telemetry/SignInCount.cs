using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mayfly.Server.Telemetry;

/// <summary>Counts attempts to sign in.</summary>
internal sealed class SignInCount(HouseMeters meters) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        var problem = (answer is INestedHttpResult nested ? nested.Result : answer) as ProblemHttpResult;
        // The right password without the code that belongs to it is the first half of an attempt.
        var half = problem?.ProblemDetails.Extensions["code"] is nameof(ErrorCode.SecondFactorRequired)
            && context.Arguments.OfType<LoginRequest>().All(login => string.IsNullOrEmpty(login.Code));
        if (!half) meters.SignIn(good: problem is null);
        return answer;
    }
}
