using System.Diagnostics;
using System.Runtime.InteropServices;
using Mayfly.Contracts;

namespace Mayfly.Engine.Processes;

/// <summary>Runs short-lived programs of the host, each in a session of its own so that all it starts can be stopped with it.</summary>
public sealed partial class ToolRunner
{
    // A program that cleans up after itself on SIGTERM gets this long to do so.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(20);

    /// <summary>Absolute path of a program, or null. Administration programs are found although an ordinary user's PATH lacks them.</summary>
    public static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/usr/bin:/sbin:/bin"
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Null when a program is there, otherwise the fault that says how to get it.</summary>
    public static Fault? Require(string program, string package) => Find(program) is not null
        ? null
        : new Fault(ErrorCode.ToolMissing, $"The program '{program}' is not installed.", Remedy: $"Install it: apt-get install {package}");

    /// <summary>Runs a program to its end. A non-zero exit status is a result, not a fault. Faults: ToolMissing.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the program and all it started have ended.</exception>
    public async Task<Outcome<ToolResult>> RunAsync(ToolStart start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Require(start.Program, start.Package) is { } missing)
            return missing;

        using var process = Process.Start(Describe(start)) ?? throw new InvalidOperationException($"{start.Program} did not start.");
        process.StandardInput.Close();
        var output = start.OnLine is null ? process.StandardOutput.ReadToEndAsync(CancellationToken.None) : ReadLinesAsync(process.StandardOutput, start.OnLine);
        var error = start.OnLine is null ? process.StandardError.ReadToEndAsync(CancellationToken.None) : ReadLinesAsync(process.StandardError, start.OnLine);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await StopGroupAsync(process);
            throw;
        }
        return new ToolResult(process.ExitCode, await output, await error);
    }

    /// <summary>How a program is started: found, in a session of its own, its three streams being ours.</summary>
    internal static ProcessStartInfo Describe(ToolStart start)
    {
        // setsid replaces itself by the program, so the process is its own group's leader.
        var description = new ProcessStartInfo("setsid", [Find(start.Program)!, .. start.Arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        description.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var (name, value) in start.Environment)
            description.Environment[name] = value;
        return description;
    }

    private static async Task<string> ReadLinesAsync(StreamReader reader, Action<string> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
            onLine(line);
        return "";
    }

    private static async Task StopGroupAsync(Process process)
    {
        _ = SendSignal(-process.Id, Native.SigTerm);
        using var grace = new CancellationTokenSource(s_grace);
        try
        {
            await process.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            // It did not listen; the group is killed below.
        }
        _ = SendSignal(-process.Id, Native.SigKill);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Kills a program and all that it started and that stayed in its group.</summary>
    internal static void KillGroup(Process process) => _ = SendSignal(-process.Id, Native.SigKill);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processOrGroup, int signal);
}
