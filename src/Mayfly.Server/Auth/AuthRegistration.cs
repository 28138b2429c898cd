using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Mayfly.Server.Auth;

internal static class AuthRegistration
{
    public const string Administrators = "administrators";
    public const string LoginLimit = "login";
    private const int LoginsPerMinute = 60;

    public static IServiceCollection AddAuth(this IServiceCollection services)
    {
        services.AddAuthentication(MayflyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, MayflyAuthentication>(MayflyAuthentication.SchemeName, null);
        // Deny by default: an endpoint that says nothing takes a signed-in user, and so does an address without an endpoint.
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Administrators, policy => policy.RequireRole(Caller.AdministratorRole));
        services.AddSingleton<Origins>();
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy(LoginLimit, context => RateLimitPartition.GetFixedWindowLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? "local",
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
    }
}
