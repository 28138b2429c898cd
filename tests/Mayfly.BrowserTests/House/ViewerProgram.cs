using System.Collections.Concurrent;
using System.Diagnostics;

namespace Mayfly.BrowserTests.House;

/// <summary>A remote-viewer on a virtual screen. What it says is read all the time, so that it never waits for a reader.</summary>
internal sealed class ViewerProgram : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _said = new();
    private readonly Process _process;

    public ViewerProgram(VirtualScreen screen, string file)
    {
        _process = screen.Run("dbus-run-session", "--", "remote-viewer", "--debug", file);
        _process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool HasSaid(string words) => _said.Any(line => line.Contains(words, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
