namespace Mayfly.BrowserTests.Pages;

/// <summary>A part of a picture, in pixels.</summary>
internal sealed record Region(int X, int Y, int Width, int Height);

/// <summary>A colour, each part 0 to 255.</summary>
internal readonly record struct Colour(int Red, int Green, int Blue)
{
    public int Brightness => (Red + Green + Blue) / 3;

    /// <summary>The largest difference of any part.</summary>
    public int DistanceTo(Colour other) =>
        Math.Max(Math.Abs(Red - other.Red), Math.Max(Math.Abs(Green - other.Green), Math.Abs(Blue - other.Blue)));
}

/// <summary>The pixels of a screen, read from its canvas: what the guest drew, before the page scales it.</summary>
internal sealed class Picture
{
    private const int BytesPerPixel = 4;
    private const string ReadPixels = """
        canvas => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let text = '';
          for (let i = 0; i < data.length; i += 32768) text += String.fromCharCode.apply(null, data.subarray(i, i + 32768));
          return [String(canvas.width), String(canvas.height), btoa(text)];
        }
        """;

    private static readonly Region MenuButton = new(0, 768, 110, 28);
    private static readonly Colour TerminalBackground = new(0x16, 0x22, 0x2c);
    private readonly byte[] _pixels;

    private Picture(int width, int height, byte[] pixels) => (Width, Height, _pixels) = (width, height, pixels);

    public int Width { get; }

    public int Height { get; }

    public Region Whole => new(0, 0, Width, Height);

    public static async Task<Picture> OfAsync(ILocator canvas)
    {
        var read = await canvas.EvaluateAsync<string[]>(ReadPixels);
        return new Picture(int.Parse(read[0]), int.Parse(read[1]), Convert.FromBase64String(read[2]));
    }

    public Colour At(int x, int y)
    {
        var start = ((y * Width) + x) * BytesPerPixel;
        return new Colour(_pixels[start], _pixels[start + 1], _pixels[start + 2]);
    }

    public IEnumerable<Colour> In(Region region) =>
        from y in Enumerable.Range(region.Y, region.Height) from x in Enumerable.Range(region.X, region.Width) select At(x, y);

    public int CountColours(Region region) => In(region).Distinct().Count();

    /// <summary>Share of a region's pixels, 0 to 1, for which a condition holds.</summary>
    public double ShareOf(Region region, Func<Colour, bool> condition) => In(region).Count(condition) / (double)(region.Width * region.Height);

    /// <summary>True when the panel of XFCE is drawn, at 1280 by 800: it says "Applications".</summary>
    public bool ShowsPanel => ShareOf(MenuButton, colour => colour.Brightness > 150) > 0.05;

    /// <summary>Share of a region that is the background of XFCE's terminal, 0 to 1.</summary>
    public double ShareOfTerminal(Region region) => ShareOf(region, colour => colour.DistanceTo(TerminalBackground) < 12);

    public Colour Average(Region region)
    {
        var all = In(region).ToList();
        return new Colour((int)all.Average(colour => colour.Red), (int)all.Average(colour => colour.Green), (int)all.Average(colour => colour.Blue));
    }

    /// <summary>Share of a region's pixels, 0 to 1, that differ clearly from another picture's.</summary>
    public double ChangeFrom(Picture before, Region region)
    {
        const int Clearly = 24;
        return In(region).Zip(before.In(region)).Count(pair => pair.First.DistanceTo(pair.Second) > Clearly) / (double)(region.Width * region.Height);
    }
}
