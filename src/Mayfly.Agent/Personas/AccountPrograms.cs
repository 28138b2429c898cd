using System.Diagnostics;
using Mayfly.Agent.Attaching;
using Mayfly.Agent.Running;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Personas;

/// <summary>Runs programs, one after the other, with the rights of the desktop's account and within one time limit.</summary>
internal sealed class AccountPrograms(ProgramRunner programs, DesktopAccount account, TimeSpan limit)
{
    private const int OutOfTime = 124;
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Whose rights they have.</summary>
    internal DesktopAccount Account => account;

    /// <summary>True while others wait for their turn: one that takes too long leaves them a quarter of the time then.</summary>
    internal bool OthersWait { get; set; }

    /// <summary>Runs one.</summary>
    /// <param name="command">Its name and arguments.</param>
    /// <param name="streams">Descriptors it reads from and writes to.</param>
    /// <param name="mostExitCode">The highest status that is no failure.</param>
    /// <param name="ended">Gets why it failed, or null, and what it said; in the loop, or at once when it could not be started.</param>
    internal void Run(IReadOnlyList<string> command, ChildStreams streams, int mostExitCode, Action<string?, string> ended)
    {
        var left = (int)Math.Ceiling((limit - Stopwatch.GetElapsedTime(_start)).TotalSeconds);
        if (OthersWait && left > 1)
            left = left * 3 / 4;
        if (left < 1)
            ended("the time was up before its turn", "");
        else
            programs.Run(new ExecRequest([.. account.Prefix, .. command], left), result => ended(Failure(result, mostExitCode), result.Stderr.Trim()), reason => ended(reason, ""), streams, preferred: true);
    }

    private static string? Failure(ExecResult result, int mostExitCode) => result.ExitCode switch
    {
        OutOfTime => "it took too long",
        var code when code > mostExitCode => $"{result.Stderr.Trim()} (status {code})",
        _ => null,
    };
}
