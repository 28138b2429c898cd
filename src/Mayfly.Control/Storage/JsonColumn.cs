using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mayfly.Control.Storage;

/// <summary>Stores a value as JSON text: for what is read and written whole and never asked about inside.</summary>
internal static class JsonColumn
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>JSON of a record, written as the API writes it.</summary>
    public static string Text(object value) => JsonSerializer.Serialize(value, value.GetType(), Options);

    /// <summary>A record from such JSON.</summary>
    public static T Read<T>(string text)
        where T : class => JsonSerializer.Deserialize<T>(text, Options)!;

    public static PropertyBuilder<T> StoredAsJson<T>(this PropertyBuilder<T> property)
        where T : class => property.HasConversion(
            value => JsonSerializer.Serialize(value, Options), text => JsonSerializer.Deserialize<T>(text, Options)!,
            new ValueComparer<T>((one, other) => Same(one, other), value => JsonSerializer.Serialize(value, Options).GetHashCode(StringComparison.Ordinal)));

    // By what is stored: records with lists in them are equal only when the lists are the same object.
    private static bool Same<T>(T? one, T? other) => JsonSerializer.Serialize(one, Options) == JsonSerializer.Serialize(other, Options);
}
