using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mayfly.Cli.Client;

/// <summary>How the API writes JSON: web defaults, enums by name.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Wire { get; } = Create(indented: false);

    public static JsonSerializerOptions Printed { get; } = Create(indented: true);

    private static JsonSerializerOptions Create(bool indented) =>
        new(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            Converters = { new JsonStringEnumConverter() },
            // What the records promise is relied upon everywhere, whoever answers.
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };
}
