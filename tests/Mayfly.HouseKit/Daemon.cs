using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Mayfly.HouseKit;

/// <summary>The mayflyd of this checkout as a process of its own, started as "make run" starts it, on a free port unless told another.</summary>
public sealed partial class Daemon : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _standingBy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();

    private Daemon(string data, DaemonSettings settings)
    {
        Directory.CreateDirectory(data);
        LogPath = Path.Combine(settings.LogDirectory ?? data, "mayflyd.log");
        _log = new StreamWriter(LogPath, append: settings.AppendLog) { AutoFlush = true };
        IEnumerable<string> line = [.. settings.Prefix, settings.Program, .. settings.ArgumentsFor(data)];
        var start = new ProcessStartInfo(line.First()) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in line.Skip(1)) start.ArgumentList.Add(argument);
        if (settings.Images is { } images) start.Environment["MAYFLY_IMAGES"] = images;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Exited += (_, _) =>
        {
            _address.TrySetException(new InvalidOperationException($"mayflyd ended before it served. Its log: {LogPath}"));
            _standingBy.TrySetException(new InvalidOperationException($"mayflyd ended before it stood by. Its log: {LogPath}"));
        };
    }

    /// <summary>Where what it prints is written.</summary>
    public string LogPath { get; }

    /// <summary>Its process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>What makes it join a house, once it serves as a host that has none; otherwise null.</summary>
    public string? Token { get; private set; }

    /// <summary>True once it serves.</summary>
    public Task Serving => _address.Task;

    /// <summary>True once it stands by, or has stood by.</summary>
    public Task StandingBy => _standingBy.Task;

    /// <summary>Where browsers find it.</summary>
    public Uri Address => _address.Task.Result;

    /// <summary>Starts it and waits until it serves.</summary>
    public static async Task<Daemon> StartAsync(string data, DaemonSettings? settings = null)
    {
        var daemon = Launch(data, settings);
        await daemon.Serving.WaitAsync(StartLimit);
        return daemon;
    }

    /// <summary>Starts it and does not wait.</summary>
    public static Daemon Launch(string data, DaemonSettings? settings = null)
    {
        var daemon = new Daemon(data, settings ?? new DaemonSettings());
        daemon._process.Start();
        daemon._process.BeginOutputReadLine();
        daemon._process.BeginErrorReadLine();
        // A failure to serve is seen by whoever waits for it; nobody has to.
        _ = daemon.Serving.ContinueWith(served => served.Exception, TaskScheduler.Default);
        _ = daemon.StandingBy.ContinueWith(stood => stood.Exception, TaskScheduler.Default);
        return daemon;
    }

    /// <summary>Kills it without a word, as a crash or the kernel would, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) Signals.Kill(_process.Id);
        await EndAsync();
    }

    /// <summary>Asks it to stop, as Ctrl+C does, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) Signals.Terminate(_process.Id);
        await EndAsync();
    }

    [GeneratedRegex("mayflyd serves (http://[0-9.:]+)")]
    private static partial Regex ServingLine();

    [GeneratedRegex("answers its servers at ([0-9.:]+)|'(mayfly-host://([0-9.:]+)[^']*)'")]
    private static partial Regex HostLine();

    private async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit);
        await _process.WaitForExitAsync(limit.Token);
        _process.Dispose();
        lock (_lock) _log.Dispose();
    }

    private void Note(string? line)
    {
        if (line is null) return;
        lock (_lock) _log.WriteLine(line);
        if (HostLine().Match(line) is { Success: true } host)
        {
            Token = host.Groups[2] is { Success: true } token ? token.Value : null;
            _address.TrySetResult(new Uri($"https://{(Token is null ? host.Groups[1] : host.Groups[3]).Value}"));
        }

        if (ServingLine().Match(line) is { Success: true } match) _address.TrySetResult(new Uri(match.Groups[1].Value));
        if (line.Contains("mayflyd stands by", StringComparison.Ordinal)) _standingBy.TrySetResult();
    }
}
