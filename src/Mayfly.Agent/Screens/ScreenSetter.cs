using System.Globalization;
using Mayfly.Agent.Channel;
using Mayfly.Agent.Running;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Screens;

/// <summary>Has the image's own program give the screen another size. What a screen is and who may change it, the image knows.</summary>
internal sealed class ScreenSetter(ProgramRunner programs, GuestPaths paths)
{
    private const int Seconds = 20;
    private bool _changing;

    /// <summary>Answers once the screen has its new size.</summary>
    internal void Set(SetScreenRequest request, Reply reply)
    {
        if (!request.IsPossible)
            reply.Fail($"no screen has {request.Width} by {request.Height} pixels");
        else if (!File.Exists(paths.SetScreen))
            reply.Fail("this guest has no desktop");
        else if (_changing)
            reply.Fail("the screen is being given another size");
        else
            Run(request, reply);
    }

    private void Run(SetScreenRequest request, Reply reply)
    {
        _changing = true;
        programs.Run(
            new ExecRequest([paths.SetScreen, Text(request.Width), Text(request.Height)], Seconds),
            result => End(() =>
            {
                if (result.ExitCode == 0)
                    reply.Send(new SetScreenReport(request.Width, request.Height), AgentJson.Default.SetScreenReport);
                else
                    reply.Fail($"{paths.SetScreen} ended with {result.ExitCode}: {result.Stderr.Trim()}");
            }),
            problem => End(() => reply.Fail(problem)));
    }

    private void End(Action answer)
    {
        _changing = false;
        answer();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
