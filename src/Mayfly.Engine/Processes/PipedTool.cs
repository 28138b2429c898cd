using System.Diagnostics;
using System.Text;
using Mayfly.Contracts;

namespace Mayfly.Engine.Processes;

/// <summary>A program of the host with bytes going in or coming out, in a session of its own. Disposing ends it and all it started.</summary>
internal sealed class PipedTool : IAsyncDisposable
{
    private const int MostWords = 2000;

    private readonly Process _process;
    private readonly Task<string> _words;
    private bool _ended;

    private PipedTool(Process process)
    {
        _process = process;
        _words = LastWordsAsync(process.StandardError);
    }

    /// <summary>Its standard input.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Its standard output.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Starts a program. Faults: ToolMissing.</summary>
    public static Outcome<PipedTool> Start(ToolStart start) => ToolRunner.Require(start.Program, start.Package) is { } missing
        ? missing
        : new PipedTool(Process.Start(ToolRunner.Describe(start)) ?? throw new InvalidOperationException($"{start.Program} did not start."));

    /// <summary>Tells it that no more comes, throws away what it still says, and waits for its end.</summary>
    /// <returns>Its exit status and the end of what it said of errors, on one line.</returns>
    public async Task<(int ExitCode, string LastWords)> EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended and left what was still on its way to it.
        }

        await Output.CopyToAsync(Stream.Null, cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        _ended = true;
        return (_process.ExitCode, (await _words).Trim().ReplaceLineEndings(" | "));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            ToolRunner.KillGroup(_process);
            // It has no group of its own yet when it was started this very moment.
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static async Task<string> LastWordsAsync(StreamReader errors)
    {
        var words = new StringBuilder();
        var buffer = new char[MostWords];
        while (await errors.ReadAsync(buffer) is var count and > 0)
        {
            words.Append(buffer, 0, count);
            if (words.Length > MostWords)
                words.Remove(0, words.Length - MostWords);
        }

        return words.ToString();
    }
}
