using System.Globalization;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Mayfly.VersusBench;

/// <summary>What the kernel tells of processes, and what a picture shows.</summary>
internal static class Readings
{
    // Of /proc/PID/stat after the name: user, system, and both of children that were waited for.
    private const int FirstTime = 11;
    private const int Times = 4;
    private const double TicksPerSecond = 100;
    private const int Noticeable = 24;

    /// <summary>CPU seconds of a process and of its children that have ended.</summary>
    public static double CpuSeconds(int processId)
    {
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields.Skip(FirstTime).Take(Times).Sum(field => double.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>Private memory of a process, and all of it with shared pages in fair parts, in bytes.</summary>
    public static (long Private, long Proportional) Memory(int processId)
    {
        var sizes = File.ReadLines($"/proc/{processId}/smaps_rollup").Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(parts => parts[0].TrimEnd(':'), parts => long.Parse(parts[1], CultureInfo.InvariantCulture) * 1024);
        return (sizes["Private_Clean"] + sizes["Private_Dirty"], sizes["Pss"]);
    }

    /// <summary>True when a picture has more than one colour.</summary>
    public static bool ShowsSomething(byte[] picture)
    {
        using var image = Image.Load<Rgb24>(picture);
        var first = image[0, 0];
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                var pixel = image[x, y];
                if (Math.Abs(pixel.R - first.R) + Math.Abs(pixel.G - first.G) + Math.Abs(pixel.B - first.B) > Noticeable)
                    return true;
            }
        }

        return false;
    }
}
