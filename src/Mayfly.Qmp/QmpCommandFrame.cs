using System.Text.Json;

namespace Mayfly.Qmp;

/// <summary>A command as it goes over the wire, and the error that may come back.</summary>
internal static class QmpCommandFrame
{
    public static byte[] Encode(long id, string command, object? arguments) =>
        arguments is null
            ? JsonSerializer.SerializeToUtf8Bytes(new { execute = command, id })
            : JsonSerializer.SerializeToUtf8Bytes(new { execute = command, arguments, id });

    public static QmpException ErrorOf(JsonElement error)
    {
        var errorClass = error.TryGetProperty("class", out var name) ? name.GetString() : null;
        var text = error.TryGetProperty("desc", out var description) ? description.GetString() : null;
        return new QmpException(QmpFailure.CommandRefused, text ?? "QEMU refused without a reason.", errorClass);
    }
}
