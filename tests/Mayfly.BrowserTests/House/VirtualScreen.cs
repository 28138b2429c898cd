using System.Buffers.Binary;
using System.Diagnostics;

namespace Mayfly.BrowserTests.House;

/// <summary>An X display without a monitor (Xvfb) for programs that want one; its pixels can be read.</summary>
internal sealed class VirtualScreen : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mf-x-").FullName;
    private readonly Process _server;

    private VirtualScreen()
    {
        string[] arguments = ["-displayfd", "1", "-screen", "0", "1400x950x24", "-fbdir", _directory, "-nolisten", "tcp"];
        _server = Process.Start(new ProcessStartInfo("Xvfb", arguments) { RedirectStandardOutput = true })!;
    }

    /// <summary>Value of DISPLAY.</summary>
    public string Name { get; private set; } = "";

    public static async Task<VirtualScreen> StartAsync()
    {
        var screen = new VirtualScreen();
        screen.Name = $":{await screen._server.StandardOutput.ReadLineAsync()}";
        return screen;
    }

    /// <summary>Starts a program on this display.</summary>
    public Process Run(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["DISPLAY"], start.Environment["HOME"], start.Environment["GDK_BACKEND"]) = (Name, _directory, "x11");
        return Process.Start(start)!;
    }

    /// <summary>How many pixels have about a colour now.</summary>
    public async Task<int> CountAsync(Colour colour)
    {
        // An X window dump: a head of big-endian numbers, a colour table, then four bytes a pixel.
        var dump = await File.ReadAllBytesAsync(Path.Combine(_directory, "Xvfb_screen0"));
        const int ColourBytes = 12;
        const int ColourCount = 76;
        const int Slightly = 6;
        var start = BinaryPrimitives.ReadInt32BigEndian(dump) + (ColourBytes * BinaryPrimitives.ReadInt32BigEndian(dump.AsSpan(ColourCount)));
        var count = 0;
        for (var at = start; at + 4 <= dump.Length; at += 4)
            if (new Colour(dump[at + 2], dump[at + 1], dump[at]).DistanceTo(colour) <= Slightly) count++;
        return count;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_server.HasExited) Signals.Terminate(_server.Id);
        await _server.WaitForExitAsync();
        _server.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
