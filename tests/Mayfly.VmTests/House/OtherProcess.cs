using System.Diagnostics;

namespace Mayfly.VmTests.House;

/// <summary>This program, started once more to do one thing a test needs a process of its own for; see <see cref="Program"/>.</summary>
internal static class OtherProcess
{
    private const string Settled = "settled";
    private const int NotAllowed = 1;

    private static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "Mayfly.VmTests");

    /// <summary>Starts it, waits until it says that all is as it should be, and kills it.</summary>
    public static async Task RunUntilSettledAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Start(Path, arguments);
        try
        {
            (await process.StandardOutput.ReadLineAsync(cancellationToken)).ShouldBe(Settled);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Said by the other process; it is killed at any moment after this.</summary>
    public static Task SayItIsSettledAsync() => Console.Out.WriteLineAsync(Settled);

    /// <summary>What it prints when all programs of the host but the runtime's are hidden from it, or null when this host does not let us hide them.</summary>
    public static async Task<string?> RunWithoutProgramsAsync(string[] arguments, CancellationToken cancellationToken)
    {
        string[] hidden = ["--mount", "--map-root-user", "sh", "-c", "mount -t tmpfs none /usr/bin || exit 1; exec \"$@\"", "sh", Path, .. arguments];
        using var process = Start("unshare", hidden);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode == NotAllowed)
            return null;
        process.ExitCode.ShouldBe(0);
        return output.Trim();
    }

    private static Process Start(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException($"{program} did not start.");
}
