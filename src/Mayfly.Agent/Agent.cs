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
internal sealed class Agent
{
    private readonly EventLoop _loop;
    private readonly GuestPaths _paths;
    private readonly ProgramRunner _programs;
    private readonly Packer _packer;
    private readonly CloneMaker _clones;
    private readonly ScreenSetter _screen;
    private readonly EnvironmentDesk _environment;
    private readonly ProgramDesk _starts;
    private readonly AttachDesk _attach;
    private readonly PersonaDesk _personas;

    internal Agent(EventLoop loop, GuestPaths paths)
    {
        (_loop, _paths) = (loop, paths);
        _programs = new ProgramRunner(loop);
        _packer = new Packer(loop, new ProgramRunner(loop), paths);
        _clones = new CloneMaker(paths);
        _screen = new ScreenSetter(new ProgramRunner(loop), paths);
        _environment = new EnvironmentDesk(new ProgramRunner(loop), paths);
        _starts = new ProgramDesk(loop, paths);
        _attach = new AttachDesk(loop, paths, _starts.LookAgain);
        _personas = new PersonaDesk(loop, new ProgramRunner(loop), paths, _starts);
    }

    /// <summary>Handles one request.</summary>
    internal void Handle(AgentRequest request, Reply reply)
    {
        try
        {
            Dispatch(request, reply);
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

    private void Dispatch(AgentRequest request, Reply reply)
    {
        switch (request.Verb)
        {
            case AgentVerbs.ClonePrep:
                PrepareClone(AgentCodec.Body(request, AgentJson.Default.ClonePrepRequest), reply);
                break;
            case AgentVerbs.Hello:
                reply.Send(Introduction.Make(_paths), AgentJson.Default.AgentHello);
                break;
            case AgentVerbs.Settle:
                SettleWatch.Start(_loop, _paths, AgentCodec.Body(request, AgentJson.Default.SettleRequest), reply);
                break;
            case AgentVerbs.Cleanse:
                Cleanse(reply);
                break;
            case AgentVerbs.Exec:
                _programs.Answer(AgentCodec.Body(request, AgentJson.Default.ExecRequest), reply);
                break;
            case AgentVerbs.SetScreen:
                _screen.Set(AgentCodec.Body(request, AgentJson.Default.SetScreenRequest), reply);
                break;
            case AgentVerbs.Attach:
                _attach.Attach(AgentCodec.Body(request, AgentJson.Default.AttachRequest), reply);
                break;
            case AgentVerbs.Release:
                _attach.Release(AgentCodec.Body(request, AgentJson.Default.ReleaseRequest), reply);
                break;
            case AgentVerbs.AwaitLaunch:
                _attach.AwaitLaunch(AgentCodec.Body(request, AgentJson.Default.AwaitLaunchRequest), reply);
                break;
            case AgentVerbs.Pack:
                _packer.Pack(AgentCodec.Body(request, AgentJson.Default.PackRequest), reply);
                break;
            case AgentVerbs.PersonaSave:
                _personas.Save(AgentCodec.Body(request, AgentJson.Default.PersonaSaveRequest), reply);
                break;
            case AgentVerbs.PersonaSet:
                _personas.Set(AgentCodec.Body(request, AgentJson.Default.PersonaSetRequest), reply);
                break;
            case AgentVerbs.PersonaLoad:
                _personas.Load(AgentCodec.Body(request, AgentJson.Default.PersonaLoadRequest), reply);
                break;
            case AgentVerbs.WatchPrograms:
                _starts.Watch(AgentCodec.Body(request, AgentJson.Default.WatchProgramsRequest), reply);
                break;
            case AgentVerbs.AwaitProgram:
                _starts.Await(AgentCodec.Body(request, AgentJson.Default.AwaitProgramRequest), reply);
                break;
            case AgentVerbs.Environment:
                _environment.Answer(AgentCodec.Body(request, AgentJson.Default.EnvironmentRequest), reply);
                break;
            default:
                reply.Fail("this agent does not know that verb");
                break;
        }
    }

    private void PrepareClone(ClonePrepRequest request, Reply reply)
    {
        try
        {
            PrepareNow(request, reply);
        }
        finally
        {
            Precedence.GiveBack();
        }
    }

    private void PrepareNow(ClonePrepRequest request, Reply reply)
    {
        var steps = _clones.Run(request);
        // Of a machine that was copied in the middle of a session nothing is this one's user's.
        _personas.Forget();
        _starts.Forget();
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
        new Rehearsal(_paths).Run();
        _personas.NoteSettings(() => CleanseNow(reply));
    }

    private void CleanseNow(Reply reply)
    {
        try
        {
            var report = new Cleanser(_paths).Run();
            // The heap a fork inherits should be small and settled.
            GC.Collect();
            // All that the freeze stopped goes on at once in a fork: until that is its own machine, before everything else comes the agent.
            Precedence.Take();
            reply.Send(report, AgentJson.Default.CleanseReport);
        }
        catch (Exception problem) when (problem is SystemCallException or IOException or UnauthorizedAccessException)
        {
            reply.Fail(problem.Message);
        }
    }
}
