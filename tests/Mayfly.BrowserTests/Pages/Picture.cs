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
    // Megabytes on their way out of the browser cost as much as the guest that is looked at: what is known already stays there.
    private const string ReadPixels = """
        (canvas, known) => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let digest = canvas.width;
          for (const pixel of new Uint32Array(data.buffer)) digest = Math.imul(digest ^ pixel, 16777619);
          if (String(digest) === known) return null;
          let text = '';
          for (let i = 0; i < data.length; i += 32768) text += String.fromCharCode.apply(null, data.subarray(i, i + 32768));
          return [String(canvas.width), String(canvas.height), String(digest), btoa(text)];
        }
        """;

    /// <summary>The panel of XFCE at 1280 by 800, without its clock.</summary>
    public static readonly Region Panel = new(0, 766, 1000, 34);

    private static readonly Region MenuButton = new(0, 768, 110, 28);
    private static readonly Colour TerminalBackground = new(0x16, 0x22, 0x2c);
    private readonly string _digest;
    private readonly byte[] _pixels;

    private Picture(int width, int height, string digest, byte[] pixels) => (Width, Height, _digest, _pixels) = (width, height, digest, pixels);

    public int Width { get; }

    public int Height { get; }

    public Region Whole => new(0, 0, Width, Height);

    /// <summary>What a canvas shows now, or null when that is the picture that is known.</summary>
    public static async Task<Picture?> OfAsync(ILocator canvas, Picture? known = null) =>
        await canvas.EvaluateAsync<string[]?>(ReadPixels, known?._digest) is [var width, var height, var digest, var pixels]
            ? new Picture(int.Parse(width), int.Parse(height), digest, Convert.FromBase64String(pixels))
            : null;

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
