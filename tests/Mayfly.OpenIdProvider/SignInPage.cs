using System.Net;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Mayfly.OpenIdProvider;

/// <summary>Where people type their name and password.</summary>
internal static class SignInPage
{
    public static async Task<IResult> AnswerAsync(HttpContext context, ProviderSettings settings)
    {
        var parameters = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(context.RequestAborted)).ToList() : [.. context.Request.Query];
        string? Given(string name) => parameters.Where(p => p.Key == name).Select(p => p.Value.ToString()).SingleOrDefault();
        var person = settings.People.SingleOrDefault(p => p.Name == Given("username") && p.Password == Given("password"));
        return person is null ? Form(parameters.Where(p => p.Key is not ("username" or "password")), Given("username") is not null) : SignIn(person, context, settings);
    }

    private static IResult SignIn(ProviderPerson person, HttpContext context, ProviderSettings settings)
    {
        var identity = new ClaimsIdentity("provider", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, person.Subject).SetClaim(Claims.PreferredUsername, person.Name)
            .SetClaim(Claims.Name, person.DisplayName).SetClaim(Claims.Email, person.Mail);
        if (settings.GroupsInToken) identity.SetClaims("groups", [.. person.Groups]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(context.GetOpenIddictServerRequest()!.GetScopes());
        principal.SetDestinations(_ => [Destinations.IdentityToken]);
        return Results.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static IResult Form(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> parameters, bool again)
    {
        var page = new StringBuilder("<!doctype html><html lang=\"en\"><title>Sign in</title><h1>Sign in to the test provider</h1><form method=\"post\">");
        if (again) page.Append("<p role=\"alert\">Name or password is wrong.</p>");
        foreach (var (name, value) in parameters)
            page.Append("<input type=\"hidden\" name=\"").Append(WebUtility.HtmlEncode(name)).Append("\" value=\"").Append(WebUtility.HtmlEncode(value.ToString())).Append("\">");
        page.Append("<label>User name <input name=\"username\" autofocus></label> <label>Password <input name=\"password\" type=\"password\"></label> <button>Sign in</button></form></html>");
        return Results.Content(page.ToString(), "text/html");
    }
}
