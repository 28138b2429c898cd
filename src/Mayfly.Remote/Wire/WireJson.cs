using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mayfly.Remote.Wire;

internal static class WireJson
{
    /// <summary>How everything is written on the wire. Unknown members are passed over: the other end may be newer.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        RespectNullableAnnotations = true,
    };

    /// <summary>The line break between the parts of a long answer.</summary>
    public static readonly ReadOnlyMemory<byte> LineEnd = "\n"u8.ToArray();
}
