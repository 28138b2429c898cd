namespace Mayfly.Engine.Processes;

/// <summary>A program of the host to run to its end.</summary>
/// <param name="Program">Name, looked up in PATH.</param>
/// <param name="Package">Debian package that holds it, for the remedy when it is missing.</param>
/// <param name="Arguments">Arguments; no shell sees them.</param>
public sealed record ToolStart(string Program, string Package, IReadOnlyList<string> Arguments)
{
    /// <summary>Variables added to the environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets every line of both outputs as it comes, on two threads at most; the result's texts are empty then.</summary>
    public Action<string>? OnLine { get; init; }
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Exit status.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record ToolResult(int ExitCode, string Output, string Error);
