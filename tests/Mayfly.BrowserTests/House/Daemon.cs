using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Mayfly.BrowserTests.House;

/// <summary>The mayflyd of this checkout as a process of its own, started as "make run" starts it, on a free port.</summary>
internal sealed partial class Daemon : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();

    private Daemon(string data)
    {
        Directory.CreateDirectory(data);
        LogPath = Path.Combine(data, "mayflyd.log");
        _log = new StreamWriter(LogPath, append: false) { AutoFlush = true };
        var start = new ProcessStartInfo(Path.Combine(Checkout.Root, "bin/mayflyd")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "--data", data, "--listen", "127.0.0.1:0", "--stop-machines-on-exit" }) start.ArgumentList.Add(argument);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"mayflyd ended before it served. Its log: {LogPath}"));
    }

    public string LogPath { get; }

    public int ProcessId => _process.Id;

    /// <summary>Where browsers find it.</summary>
    public Uri Address => _address.Task.Result;

    public static async Task<Daemon> StartAsync(string data)
    {
        var daemon = new Daemon(data);
        daemon._process.Start();
        daemon._process.BeginOutputReadLine();
        daemon._process.BeginErrorReadLine();
        await daemon._address.Task.WaitAsync(StartLimit);
        return daemon;
    }

    /// <summary>Asks it to stop, as Ctrl+C does, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit);
        if (!_process.HasExited) Signals.Terminate(_process.Id);
        await _process.WaitForExitAsync(limit.Token);
        _process.Dispose();
        lock (_lock) _log.Dispose();
    }

    [GeneratedRegex("mayflyd serves (http://[0-9.:]+)")]
    private static partial Regex Serving();

    private void Note(string? line)
    {
        if (line is null) return;
        lock (_lock) _log.WriteLine(line);
        if (Serving().Match(line) is { Success: true } match) _address.TrySetResult(new Uri(match.Groups[1].Value));
    }
}
