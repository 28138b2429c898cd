using System.Buffers;
using System.Net;

namespace Mayfly.Server.Standby;

/// <summary>The body of a request, passed on as it comes.</summary>
internal sealed class ForwardedBody(HttpRequest request) : HttpContent
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Copies what comes from one side to the other at once, until the first ends.</summary>
    public static async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                await to.FlushAsync(cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        CopyAsync(request.Body, stream, cancellationToken);

    /// <summary>Its length goes with the headers, where it is known.</summary>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
