using System.Globalization;
using System.Text;
using Mayfly.Engine.Processes;
using Microsoft.Win32.SafeHandles;

namespace Mayfly.Engine.Displays;

/// <summary>
/// Where QEMU writes what a screen shows: a PPM file in memory. The guest chooses how large its screen is, so the file is kept from growing
/// beyond a limit; and what QEMU has written is read with suspicion.
/// </summary>
internal sealed class ScreenFile : IDisposable
{
    /// <summary>The most pixels of a screen; those of 4096 by 2304.</summary>
    public const int MostPixels = 4096 * 2304;

    /// <summary>Bytes of a pixel: red, green, blue.</summary>
    public const int PixelBytes = 3;

    private const int MostSide = 16384;
    private const int HeaderBytes = 32;
    private const long MostBytes = HeaderBytes + ((long)MostPixels * PixelBytes);

    private readonly SafeFileHandle _memory =
        Native.Own(Native.MemfdCreate("mayfly-screen", Native.MemfdCloseOnExec | Native.MemfdAllowSealing), "memfd_create");

    /// <summary>A descriptor of it that can only write, as QEMU wants it for a file to write.</summary>
    public SafeFileHandle OpenForQemu() =>
        Native.Own(Native.Open($"/proc/self/fd/{_memory.DangerousGetHandle()}", Native.OpenWriteOnly), "opening a screen file");

    /// <summary>
    /// Lets it grow no more once it is too large: what QEMU writes then is an error in QEMU. It can not be sealed from the start, since QEMU
    /// empties a file before it writes.
    /// </summary>
    public void Limit()
    {
        if (RandomAccess.GetLength(_memory) > MostBytes && Native.Fcntl(_memory, Native.FcntlAddSeals, Native.SealGrow) < 0)
            throw Native.Failed("sealing a screen file");
    }

    /// <summary>Size of the picture, and where its first pixel is.</summary>
    /// <exception cref="InvalidDataException">It is no picture, or one larger than a screen may be.</exception>
    public (int Width, int Height, int Start) ReadHeader()
    {
        var bytes = new byte[HeaderBytes];
        var text = Encoding.Latin1.GetString(bytes, 0, RandomAccess.Read(_memory, bytes, 0));
        // QEMU ends each line of the header with one line feed.
        var lines = text.Split('\n', 4);
        var size = lines.Length == 4 ? lines[1].Split(' ') : [];
        if (lines[0] != "P6" || size.Length != 2 || lines[2] != "255" || !Side(size[0], out var width) || !Side(size[1], out var height))
            throw new InvalidDataException("What QEMU wrote is not a picture.");
        if ((long)width * height > MostPixels)
            throw new InvalidDataException($"The screen has {width} by {height} pixels, more than are captured.");
        return (width, height, lines[0].Length + lines[1].Length + lines[2].Length + 3);
    }

    /// <summary>Fills a buffer from an offset on.</summary>
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public void Read(Span<byte> buffer, long offset)
    {
        while (buffer.Length > 0)
        {
            var count = RandomAccess.Read(_memory, buffer, offset);
            if (count == 0)
                throw new InvalidDataException("The picture is cut off.");
            buffer = buffer[count..];
            offset += count;
        }
    }

    public void Dispose() => _memory.Dispose();

    private static bool Side(string text, out int pixels) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out pixels) && pixels is > 0 and <= MostSide;
}
