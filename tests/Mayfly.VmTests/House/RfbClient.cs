using System.Buffers.Binary;
using System.Text;

namespace Mayfly.VmTests.House;

/// <summary>As much of a VNC viewer (RFB 3.8) as it takes to see one picture.</summary>
internal sealed class RfbClient(Stream stream)
{
    private const int BytesOfPixel = 4;

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Version 3.8, no authentication, shared.</summary>
    public async Task ShakeHandsAsync(CancellationToken cancellationToken)
    {
        Encoding.ASCII.GetString(await ReadAsync(12, cancellationToken)).ShouldBe("RFB 003.008\n");
        await stream.WriteAsync("RFB 003.008\n"u8.ToArray(), cancellationToken);
        var kinds = await ReadAsync((await ReadAsync(1, cancellationToken))[0], cancellationToken);
        kinds.ShouldBe([1]);
        await stream.WriteAsync(new byte[] { 1 }, cancellationToken);
        BinaryPrimitives.ReadUInt32BigEndian(await ReadAsync(4, cancellationToken)).ShouldBe(0u);
        await stream.WriteAsync(new byte[] { 1 }, cancellationToken);
        var screen = await ReadAsync(24, cancellationToken);
        Width = BinaryPrimitives.ReadUInt16BigEndian(screen);
        Height = BinaryPrimitives.ReadUInt16BigEndian(screen.AsSpan(2));
        screen[4].ShouldBe((byte)(8 * BytesOfPixel));
        await ReadAsync((int)BinaryPrimitives.ReadUInt32BigEndian(screen.AsSpan(20)), cancellationToken);
    }

    /// <summary>The whole picture, as it comes: four bytes a pixel.</summary>
    public async Task<byte[]> LookAsync(CancellationToken cancellationToken)
    {
        // Raw pixels only; then all of the screen, changed or not.
        await stream.WriteAsync(new byte[] { 2, 0, 0, 1, 0, 0, 0, 0 }, cancellationToken);
        await stream.WriteAsync(new byte[] { 3, 0, 0, 0, 0, 0, (byte)(Width >> 8), (byte)Width, (byte)(Height >> 8), (byte)Height }, cancellationToken);
        var picture = new byte[Width * Height * BytesOfPixel];
        for (var missing = Width * Height; missing > 0;)
            missing -= await ReadUpdateAsync(picture, cancellationToken);
        return picture;
    }

    /// <summary>Reads one message and returns how many pixels came with it.</summary>
    private async Task<int> ReadUpdateAsync(byte[] picture, CancellationToken cancellationToken)
    {
        var head = await ReadAsync(4, cancellationToken);
        head[0].ShouldBe((byte)0);
        var pixels = 0;
        for (var left = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2)); left > 0; left--)
            pixels += await ReadRectangleAsync(picture, cancellationToken);
        return pixels;
    }

    private async Task<int> ReadRectangleAsync(byte[] picture, CancellationToken cancellationToken)
    {
        var head = await ReadAsync(12, cancellationToken);
        var (x, y) = (BinaryPrimitives.ReadUInt16BigEndian(head), BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2)));
        var (width, height) = (BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(4)), BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(6)));
        BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(8)).ShouldBe(0);
        var pixels = await ReadAsync(width * height * BytesOfPixel, cancellationToken);
        for (var row = 0; row < height; row++)
            pixels.AsSpan(row * width * BytesOfPixel, width * BytesOfPixel).CopyTo(picture.AsSpan(((((y + row) * Width) + x) * BytesOfPixel)));
        return width * height;
    }

    private async Task<byte[]> ReadAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
