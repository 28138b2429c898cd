using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Mayfly.Server.Auth;

internal static class AuthRegistration
{
    public const string LoginLimit = "login";
    // A class behind one address signs in within a minute; guessing is slowed by name, and this keeps hashing from taking the processors.
    private const int LoginsPerMinute = 600;

    public static IServiceCollection AddAuth(this IServiceCollection services)
    {
        services.AddAuthentication(MayflyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, MayflyAuthentication>(MayflyAuthentication.SchemeName, null);
        // Deny by default: an endpoint that says nothing takes a signed-in user, and so does an address without an endpoint.
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddSingleton<Origins>();
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy(LoginLimit, context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress is { } address ? Neighbourhood.Of(address) : "local",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = LoginsPerMinute, Window = TimeSpan.FromMinutes(1) }));
        });
        return services;
    }

    public static void UseAuth(this WebApplication app)
    {
        app.UseAuthentication();
        var origins = app.Services.GetRequiredService<Origins>();
        app.Use((context, next) => origins.GuardAsync(context, next));
        app.UseRateLimiter();
        app.UseAuthorization();
        app.Use(SecondFactorGate.GuardAsync);
    }
}
