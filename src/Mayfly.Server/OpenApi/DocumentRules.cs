using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Mayfly.Server.OpenApi;

/// <summary>What the description says of the API as a whole.</summary>
internal static class DocumentRules
{
    /// <summary>Name of the scheme of browsers.</summary>
    public const string Cookie = "cookie";

    /// <summary>Name of the scheme of programs.</summary>
    public const string Bearer = "bearer";

    public static Task ApplyAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Mayfly",
            Version = "v1",
            Description = "Everything the console and the command line do. What fails answers with problem details (RFC 9457) whose `code` never changes its meaning; "
                + "`remedy` says what to do. Times are RFC 3339 in UTC, sizes bytes unless a name says otherwise.",
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        // Wherever it is served: the same for every reader.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Cookie] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = Auth.MayflyAuthentication.CookieName,
                Description = "A browser's sign-in. What changes something must come from Mayfly's own pages, by its Origin header.",
            },
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API token." },
        };
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations?.Values.ToList() ?? []).Where(operation => operation.Security is not null))
            operation.Security = [Requirement(Cookie, document), Requirement(Bearer, document)];
        ComponentRules.Apply(document);
        return Task.CompletedTask;
    }

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiDocument document) => new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
