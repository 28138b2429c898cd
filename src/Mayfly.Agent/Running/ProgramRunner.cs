using System.Text.Json;
using Mayfly.Agent.Channel;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Running;

/// <summary>Runs programs for the host, several at once, while the channel stays free for other requests.</summary>
internal sealed class ProgramRunner(EventLoop loop)
{
    private const int MaxAtOnce = 16;
    private const int MaxArguments = 1024;
    private const int MaxSeconds = 24 * 60 * 60;
    private const int NotFound = 127;
    private int _running;

    /// <summary>Runs a program; exactly one of the two is called, in the loop.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="done">Gets the result.</param>
    /// <param name="refused">Gets the reason why it was not started.</param>
    /// <param name="streams">Descriptors it reads from and writes to.</param>
    /// <param name="preferred">True for one that somebody waits for, and that has ended with all that it has started.</param>
    internal void Run(ExecRequest request, Action<ExecResult> done, Action<string> refused, ChildStreams streams = default, bool preferred = false)
    {
        if (Objection(request) is { } objection)
        {
            refused(objection);
            return;
        }
        if (ProgramFinder.Find(request.Command[0]) is not { } path)
        {
            done(new ExecResult(NotFound, "", $"{request.Command[0]}: not found or not executable", false));
            return;
        }
        try
        {
            var child = Child.Start(path, request.Command, streams);
            if (preferred)
                Precedence.Prefer(child.ProcessId);
            _running++;
            _ = new ProgramRun(loop, child, TimeSpan.FromSeconds(request.TimeoutSeconds), preferred, result =>
            {
                _running--;
                done(result);
            });
        }
        catch (SystemCallException problem)
        {
            refused(problem.Message);
        }
    }

    /// <summary>Runs a program and answers with its result.</summary>
    internal void Answer(ExecRequest request, Reply reply) =>
        Run(request, result => reply.Send(FitIntoFrame(result), AgentJson.Default.ExecResult), reply.Fail);

    // Escaping can make output up to six times longer: cut until the answer fits.
    internal static ExecResult FitIntoFrame(ExecResult result)
    {
        const int envelopeBytes = 1024;
        while (JsonSerializer.SerializeToUtf8Bytes(result, AgentJson.Default.ExecResult).Length > AgentFrame.MaxBytes - envelopeBytes)
        {
            result = result with
            {
                Stdout = result.Stdout[..(result.Stdout.Length / 2)],
                Stderr = result.Stderr[..(result.Stderr.Length / 2)],
                Truncated = true,
            };
        }
        return result;
    }

    private string? Objection(ExecRequest request) => request switch
    {
        { Command: null or [] or { Count: > MaxArguments } } => "the command is empty or has too many arguments",
        { TimeoutSeconds: < 1 or > MaxSeconds } => $"the time limit must be 1 to {MaxSeconds} seconds",
        _ when request.Command.Any(part => part is null || part.Contains('\0', StringComparison.Ordinal)) => "the command holds a null",
        _ when _running >= MaxAtOnce => $"{MaxAtOnce} programs are running already",
        _ => null,
    };
}
