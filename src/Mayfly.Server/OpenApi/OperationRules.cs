using System.Globalization;
using Mayfly.Server.Caching;
using Mayfly.Server.Idempotency;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Mayfly.Server.OpenApi;

/// <summary>What the description says of each operation besides what the generator finds.</summary>
internal static class OperationRules
{
    private const string Json = "application/json";

    public static Task ApplyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Responses ??= [];
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>()) parameter.Description ??= ParameterWords.Of(parameter.Name);
        if (metadata.OfType<IAllowAnonymous>().Any()) Open(operation, context.Description.RelativePath);
        else Guard(operation, context.Document!);
        if (metadata.OfType<HonoursIdempotencyKey>().Any()) AddKey(operation);
        if (metadata.OfType<HonoursIfMatch>().Any()) AddHeader(operation, "If-Match", "The tag of what was read; when it is another now, nothing is changed and the answer is 412.");
        if (context.Description.HttpMethod == HttpMethods.Get && Read(operation) is { } read) AddTag(operation, read);
        foreach (var (status, response) in operation.Responses) Describe(status, response);
        operation.Responses = Sorted(operation.Responses);
        return Task.CompletedTask;
    }

    /// <summary>Who is not signed in yet is not told to sign in.</summary>
    private static void Open(OpenApiOperation operation, string? path)
    {
        operation.Responses!.Remove("403");
        if (path?.StartsWith("api/", StringComparison.Ordinal) != true) operation.Responses.Remove("401");
    }

    /// <summary>Says that there is a requirement; which schemes meet it is the document's.</summary>
    private static void Guard(OpenApiOperation operation, OpenApiDocument document)
    {
        operation.Security = [];
        foreach (var status in (string[])["401", "403"])
        {
            operation.Responses!.TryAdd(status, new OpenApiResponse
            {
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("ProblemDetails", document) } },
            });
        }
    }

    private static OpenApiResponse? Read(OpenApiOperation operation) =>
        operation.Responses!.TryGetValue("200", out var found) && found is OpenApiResponse response && response.Content?.ContainsKey(Json) == true ? response : null;

    private static void AddTag(OpenApiOperation operation, OpenApiResponse read)
    {
        AddHeader(operation, "If-None-Match", "The tag of what is known already; when it still holds, the answer is 304 without a body.");
        read.Headers ??= new Dictionary<string, IOpenApiHeader>();
        read.Headers["ETag"] = Header("Tag of this answer, a weak one.");
        operation.Responses!["304"] = new OpenApiResponse();
    }

    private static void AddKey(OpenApiOperation operation)
    {
        AddHeader(operation, IdempotentEndpoints.KeyHeader,
            "1 to 200 characters, new for each request. The same request with the same key is carried out once; asked again within 24 hours, it gets the same answer.");
        foreach (var response in operation.Responses!.Where(entry => entry.Key.StartsWith('2')).Select(entry => entry.Value).OfType<OpenApiResponse>())
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers[IdempotentEndpoints.ReplayedHeader] = Header("\"true\" when the answer was given before; else missing.");
        }
    }

    private static void AddHeader(OpenApiOperation operation, string name, string description)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Description = description, Schema = Text() });
    }

    private static OpenApiHeader Header(string description) => new() { Description = description, Schema = Text() };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static void Describe(string status, IOpenApiResponse response)
    {
        response.Description = status switch
        {
            "200" => "Done.",
            "201" => "Made.",
            "202" => "Begun; the operation tells how it goes.",
            "204" => "Done; there is nothing to say.",
            "304" => "Nothing has changed.",
            "400" => "The request can not be read, or asks for something impossible.",
            "401" => "Nobody is signed in, or what was shown is wrong.",
            "403" => "Not allowed.",
            "404" => "The thing named does not exist.",
            "409" => "Not as things are now.",
            "412" => "Changed by somebody else meanwhile.",
            "422" => "Understood, and can not be done.",
            "429" => "Too many attempts.",
            "502" => "The host or the guest failed at it.",
            "503" => "Not possible now.",
            "504" => "No answer in time.",
            "507" => "The host has no room for it.",
            _ => response.Description,
        };
    }

    private static OpenApiResponses Sorted(OpenApiResponses responses)
    {
        var sorted = new OpenApiResponses();
        foreach (var (status, response) in responses.OrderBy(entry => int.TryParse(entry.Key, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue)) sorted[status] = response;
        return sorted;
    }
}
