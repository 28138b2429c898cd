using System.Text.Json;

namespace Mayfly.VersusBench;

/// <summary>How a report is written.</summary>
internal static class VersusJson
{
    /// <summary>For writer and reader.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, RespectNullableAnnotations = true };
}
