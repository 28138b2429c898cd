using System.Diagnostics;

namespace Mayfly.Debian.Tests;

/// <summary>Programs of this host.</summary>
internal static class Programs
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    /// <summary>Runs one to its end.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">All of its environment, or null for this process's.</param>
    public static async Task<Ended> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var limit = new CancellationTokenSource(s_limit);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (environment is not null)
        {
            start.Environment.Clear();
            foreach (var (name, value) in environment) start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return new Ended(process.ExitCode, await output, await error);
    }

    /// <summary>Runs one that must succeed, and returns what it printed.</summary>
    public static async Task<string> ReadAsync(string program, params string[] arguments)
    {
        var ended = await RunAsync(program, arguments);
        ended.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {ended.Output}{ended.Error}");
        return ended.Output;
    }

    /// <summary>True when there is a program of this name.</summary>
    public static bool Exist(string name) => ((string[])["/usr/bin", "/usr/sbin", "/bin", "/sbin"]).Any(directory => File.Exists(Path.Combine(directory, name)));
}

/// <summary>How a program ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Error);
