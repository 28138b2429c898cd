using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Mayfly.Server.OpenApi;

/// <summary>The description of the REST API (OpenAPI 3.1), made from the endpoints and records themselves.</summary>
internal static class ApiDescription
{
    private const string Document = "v1";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddSchemaTransformer(SchemaRules.ApplyAsync);
        options.AddOperationTransformer(OperationRules.ApplyAsync);
        options.AddDocumentTransformer(DocumentRules.ApplyAsync);
    });

    /// <summary>The description as JSON, without serving.</summary>
    public static async Task<string> DescribeApiAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        // What starting would do: only then do the endpoints count as the application's.
        app.UseEndpoints(_ => { });
        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Document).GetOpenApiDocumentAsync(cancellationToken);
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken);
    }
}
