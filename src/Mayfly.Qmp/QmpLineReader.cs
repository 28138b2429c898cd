using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace Mayfly.Qmp;

/// <summary>Cuts a stream into lines of JSON. A line longer than <see cref="MaxLineBytes"/> is not QMP.</summary>
internal sealed class QmpLineReader(Stream stream)
{
    /// <summary>QMP answers are a few KiB; the longest, full schema queries, are never sent by us.</summary>
    public const int MaxLineBytes = 1024 * 1024;

    private readonly PipeReader _pipe = PipeReader.Create(stream);

    /// <summary>The next message, or null at the end of the stream.</summary>
    public async Task<JsonElement?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await _pipe.ReadAsync(cancellationToken);
            if (result.Buffer.PositionOf((byte)'\n') is { } end)
                return Take(result.Buffer, end);
            if (result.Buffer.Length > MaxLineBytes)
                throw new QmpException(QmpFailure.Protocol, $"A QMP line is longer than {MaxLineBytes} bytes.");
            if (result.IsCompleted)
                return null;
            _pipe.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private JsonElement Take(ReadOnlySequence<byte> buffer, SequencePosition end)
    {
        var reader = new Utf8JsonReader(buffer.Slice(0, end));
        var message = JsonElement.ParseValue(ref reader);
        _pipe.AdvanceTo(buffer.GetPosition(1, end));
        return message;
    }
}
