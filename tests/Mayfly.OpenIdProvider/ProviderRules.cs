using System.Collections.Immutable;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Mayfly.OpenIdProvider;

/// <summary>What OpenIddict asks an application that keeps its clients itself, and where answers are spoilt.</summary>
internal static class ProviderRules
{
    public static void Add(OpenIddictServerBuilder server, OpenIdProvider provider)
    {
        var settings = provider.Settings;
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != settings.ClientId) context.Reject(Errors.InvalidClient, "This client is not known.");
            return default;
        }));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != settings.ClientId || context.ClientSecret != settings.ClientSecret) context.Reject(Errors.InvalidClient, "The client is not who it says.");
            return default;
        }));
        server.AddEventHandler<HandleUserInfoRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            var person = provider.Settings.People.Single(p => p.Subject == context.AccessTokenPrincipal!.GetClaim(Claims.Subject));
            context.Subject = provider.Misbehaviour == Misbehaviour.OtherSubject ? "1002" : person.Subject;
            context.PreferredUsername = person.Name;
            context.Claims["groups"] = new OpenIddictParameter(ImmutableArray.Create<string?>([.. person.Groups]));
            return default;
        }));
        server.AddEventHandler<ApplyTokenResponseContext>(handler => handler.SetOrder(int.MinValue + 50_000).UseInlineHandler(context =>
        {
            if (provider.Misbehaviour != Misbehaviour.None && context.Response.IdToken is { } token)
                context.Response.IdToken = TokenForger.Forge(token, provider.Misbehaviour, provider.Keys, settings);
            return default;
        }));
    }
}
