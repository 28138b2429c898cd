using System.Text.Json;
using Mayfly.Agent.Attaching;
using Mayfly.Agent.Channel;
using Mayfly.Agent.Cleansing;
using Mayfly.Agent.Environments;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using Mayfly.Agent.Packing;
using Mayfly.Agent.Personas;
using Mayfly.Agent.Preparing;
using Mayfly.Agent.Running;
using Mayfly.Agent.Screens;
using Mayfly.Agent.Settling;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent;

/// <summary>Does what the host asks. One method a verb; every request gets exactly one answer.</summary>
internal sealed class Agent(EventLoop loop, GuestPaths paths)
{
    private readonly ProgramRunner _programs = new(loop);
    private readonly Packer _packer = new(loop, new ProgramRunner(loop), paths);
    private readonly CloneMaker _clones = new(paths);
    private readonly ScreenSetter _screen = new(new ProgramRunner(loop), paths);
    private readonly AttachDesk _attach = new(loop, paths);
    private readonly EnvironmentDesk _environment = new(new ProgramRunner(loop), paths);
    private readonly PersonaDesk _personas = new(loop, new ProgramRunner(loop), paths);

    /// <summary>Handles one request.</summary>
    internal void Handle(AgentFrame frame, Reply reply)
    {
        try
        {
            Dispatch(frame, reply);
        }
        catch (JsonException problem)
        {
            reply.Fail($"the request is malformed: {problem.Message}");
        }
        catch (Exception problem) when (problem is StepException or SystemCallException or IOException or UnauthorizedAccessException)
        {
            reply.Fail(problem.Message);
        }
    }

    private void Dispatch(AgentFrame frame, Reply reply)
    {
        switch (frame.Verb)
        {
            case AgentVerbs.ClonePrep:
                PrepareClone(AgentCodec.Body(frame, AgentJson.Default.ClonePrepRequest), reply);
                break;
            case AgentVerbs.Hello:
                reply.Send(Introduction.Make(paths), AgentJson.Default.AgentHello);
                break;
            case AgentVerbs.Settle:
                SettleWatch.Start(loop, paths, AgentCodec.Body(frame, AgentJson.Default.SettleRequest), reply);
                break;
            case AgentVerbs.Cleanse:
                Cleanse(reply);
                break;
            case AgentVerbs.Exec:
                _programs.Answer(AgentCodec.Body(frame, AgentJson.Default.ExecRequest), reply);
                break;
            case AgentVerbs.SetScreen:
                _screen.Set(AgentCodec.Body(frame, AgentJson.Default.SetScreenRequest), reply);
                break;
            case AgentVerbs.Attach:
                _attach.Attach(AgentCodec.Body(frame, AgentJson.Default.AttachRequest), reply);
                break;
            case AgentVerbs.Release:
                _attach.Release(AgentCodec.Body(frame, AgentJson.Default.ReleaseRequest), reply);
                break;
            case AgentVerbs.AwaitLaunch:
                _attach.AwaitLaunch(AgentCodec.Body(frame, AgentJson.Default.AwaitLaunchRequest), reply);
                break;
            case AgentVerbs.Pack:
                _packer.Pack(AgentCodec.Body(frame, AgentJson.Default.PackRequest), reply);
                break;
            case AgentVerbs.PersonaSave:
                _personas.Save(AgentCodec.Body(frame, AgentJson.Default.PersonaSaveRequest), reply);
                break;
            case AgentVerbs.PersonaSet:
                _personas.Set(AgentCodec.Body(frame, AgentJson.Default.PersonaSetRequest), reply);
                break;
            case AgentVerbs.PersonaLoad:
                _personas.Load(AgentCodec.Body(frame, AgentJson.Default.PersonaLoadRequest), reply);
                break;
            case AgentVerbs.Environment:
                _environment.Answer(AgentCodec.Body(frame, AgentJson.Default.EnvironmentRequest), reply);
                break;
            default:
                reply.Fail("this agent does not know that verb");
                break;
        }
    }

    private void PrepareClone(ClonePrepRequest request, Reply reply)
    {
        var steps = _clones.Run(request);
        if (request.PostSync is not { } script)
        {
            reply.Send(new ClonePrepReport(steps, null), AgentJson.Default.ClonePrepReport);
            return;
        }
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        _programs.Run(
            new ExecRequest(script.Command, script.TimeoutSeconds),
            result =>
            {
                steps.Add(new PrepStep("post-sync", (long)System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMicroseconds));
                reply.Send(new ClonePrepReport(steps, ProgramRunner.FitIntoFrame(result)), AgentJson.Default.ClonePrepReport);
            },
            problem => reply.Fail($"post-sync: {problem}"));
    }

    // Rehearse first: it leaves traces that the cleanse removes.
    private void Cleanse(Reply reply)
    {
        new Rehearsal(paths).Run();
        _personas.NoteSettings(() => CleanseNow(reply));
    }

    private void CleanseNow(Reply reply)
    {
        try
        {
            var report = new Cleanser(paths).Run();
            // The heap a fork inherits should be small and settled.
            GC.Collect();
            reply.Send(report, AgentJson.Default.CleanseReport);
        }
        catch (Exception problem) when (problem is SystemCallException or IOException or UnauthorizedAccessException)
        {
            reply.Fail(problem.Message);
        }
    }
}
