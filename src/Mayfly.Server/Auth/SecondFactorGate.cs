using Mayfly.Contracts;
using Mayfly.Server.Faults;

namespace Mayfly.Server.Auth;

/// <summary>Who must have a second factor and has none may set it up, and nothing else.</summary>
internal static class SecondFactorGate
{
    /// <summary>Marks the endpoints that are open all the same.</summary>
    internal sealed record Open;

    public static TBuilder OpenWithoutSecondFactor<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Open());

    public static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var due = (context.User.Identity as CallerIdentity)?.User.SecondFactorDue ?? false;
        if (!due || context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<Open>() is not null) return next(context);
        return FaultResults.WriteAsync(context, new Fault(
            ErrorCode.SecondFactorDue, "A second factor must be set up first.", "The house wants one of everybody with a role.", "Set it up in your profile."));
    }
}
