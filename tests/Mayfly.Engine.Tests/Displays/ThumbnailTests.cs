using System.Text;
using Mayfly.Engine.Displays;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Mayfly.Engine.Tests.Displays;

public sealed class ThumbnailTests
{
    [Fact]
    public void Make_OfAScreen_IsThePictureSmall()
    {
        using var file = Screen("P6\n64 32\n255\n", [.. Enumerable.Range(0, 64 * 32).SelectMany(pixel => pixel % 64 < 32 ? new byte[] { 250, 10, 10 } : [10, 10, 250])]);

        using var picture = Image.Load<Rgb24>(Thumbnail.Make(file, 16));

        (picture.Width, picture.Height).ShouldBe((16, 8));
        ((int)picture[2, 4].R).ShouldBeGreaterThan(200);
        ((int)picture[13, 4].B).ShouldBeGreaterThan(200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P6")]
    [InlineData("P6\n\n255\n")]
    [InlineData("P5\n64 32\n255\n")]
    [InlineData("P6\n64 32\n65535\n")]
    [InlineData("P6\n64\n255\n")]
    [InlineData("P6\n-64 32\n255\n")]
    [InlineData("P6\n0 32\n255\n")]
    [InlineData("P6\n 64 32\n255\n")]
    [InlineData("P6\n99999999999999 32\n255\n")]
    [InlineData("P6\n16384 16384\n255\n")]
    [InlineData("P6\n16385 1\n255\n")]
    [InlineData("P6\n64 32 9999999999999999999999999999999999")]
    public void Make_OfWhatIsNoScreen_IsRefused(string header)
    {
        using var file = Screen(header, []);
        Should.Throw<InvalidDataException>(() => Thumbnail.Make(file, 16));
    }

    [Fact]
    public void Limit_OfAFileTooLarge_StopsItsGrowth()
    {
        const long Most = (long)ScreenFile.MostPixels * ScreenFile.PixelBytes;
        using var file = new ScreenFile();
        using var theirs = file.OpenForQemu();
        RandomAccess.SetLength(theirs, Most);
        file.Limit();
        RandomAccess.Write(theirs, new byte[4096], Most);

        file.Limit();

        Should.Throw<Exception>(() => RandomAccess.Write(theirs, new byte[4096], Most + 4096));
        Should.Throw<InvalidDataException>(() => file.ReadHeader());
    }

    private static ScreenFile Screen(string header, byte[] pixels)
    {
        var file = new ScreenFile();
        using var theirs = file.OpenForQemu();
        RandomAccess.Write(theirs, (byte[])[.. Encoding.ASCII.GetBytes(header), .. pixels], 0);
        return file;
    }
}
