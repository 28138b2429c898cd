using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using SixLabors.ImageSharp.Processing.Processors.Transforms;

namespace Mayfly.Engine.Displays;

/// <summary>Makes a small JPEG picture of a screen file.</summary>
internal static class Thumbnail
{
    private static readonly JpegEncoder s_encoder = new() { Quality = 80 };

    /// <summary>The picture, at most <paramref name="width"/> pixels wide and never larger than the screen.</summary>
    /// <exception cref="InvalidDataException">The file holds no picture.</exception>
    public static byte[] Make(ScreenFile file, int width)
    {
        var (screenWidth, screenHeight, start) = file.ReadHeader();
        using var picture = new Image<Rgb24>(screenWidth, screenHeight);
        picture.ProcessPixelRows(rows =>
        {
            for (var row = 0; row < rows.Height; row++)
                file.Read(MemoryMarshal.AsBytes(rows.GetRowSpan(row)), start + ((long)row * screenWidth * ScreenFile.PixelBytes));
        });
        if (screenWidth > width)
            picture.Mutate(screen => screen.Resize(width, Math.Max(1, (int)((long)screenHeight * width / screenWidth)), new BoxResampler()));
        using var encoded = new MemoryStream();
        picture.Save(encoded, s_encoder);
        return encoded.ToArray();
    }
}
