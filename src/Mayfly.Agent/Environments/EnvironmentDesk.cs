using Mayfly.Agent.Attaching;
using Mayfly.Agent.Channel;
using Mayfly.Agent.Running;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Environments;

/// <summary>Sets up what a house gives a session beside its settings.</summary>
internal sealed class EnvironmentDesk(ProgramRunner programs, GuestPaths paths)
{
    /// <summary>Answers <see cref="AgentVerbs.Environment"/>.</summary>
    internal void Answer(EnvironmentRequest request, Reply reply)
    {
        if (EnvironmentCheck.Objection(request) is { } objection)
            reply.Fail(objection);
        else
            new EnvironmentRun(programs, DesktopAccount.Find(paths), paths, request, report => reply.Send(report, AgentJson.Default.EnvironmentReport)).Go();
    }
}
