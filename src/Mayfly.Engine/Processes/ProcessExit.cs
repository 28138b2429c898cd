namespace Mayfly.Engine.Processes;

/// <summary>How a process ended. Truth table: exited -> code; killed -> signal; both null when it was not our child (adopted).</summary>
/// <param name="Code">Exit code, or null.</param>
/// <param name="Signal">Signal that killed it, or null.</param>
internal sealed record ProcessExit(int? Code, int? Signal)
{
    private const int CodeExited = 1;

    /// <summary>The end of a process that was started by an earlier mayflyd, of which only the fact is known.</summary>
    public static ProcessExit Unknown { get; } = new(null, null);

    /// <summary>As a phrase: "exit code 1", "SIGKILL", "unknown end".</summary>
    public override string ToString() => this switch
    {
        { Code: { } code } => $"exit code {code}",
        { Signal: { } signal } => SignalNames.Of(signal),
        _ => "unknown end",
    };

    public static ProcessExit From(in Native.ChildStatus status) =>
        status.Code == CodeExited ? new ProcessExit(status.Status, null) : new ProcessExit(null, status.Status);
}
