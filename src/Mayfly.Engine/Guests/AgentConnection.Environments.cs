using Mayfly.Contracts;
using Mayfly.Contracts.Agent;

namespace Mayfly.Engine.Guests;

public sealed partial class AgentConnection
{
    // Everything but drives and tasks takes seconds, and has limits of its own.
    private static readonly TimeSpan EnvironmentGrace = TimeSpan.FromMinutes(2);

    /// <summary>Has the guest set up what a house gives a session. The guest itself gives up what takes longer than the request says.</summary>
    public Task<Outcome<EnvironmentReport>> SetEnvironmentAsync(EnvironmentRequest request, CancellationToken cancellationToken) =>
        AskAsync(AgentVerbs.Environment, request, AgentJson.Default.EnvironmentRequest, LongestOf(request), AgentJson.Default.EnvironmentReport, GuestText.Check, cancellationToken);

    private static TimeSpan LongestOf(EnvironmentRequest request) => TimeSpan.FromSeconds(request.DriveSeconds + request.Tasks.Sum(task => task.TimeoutSeconds)) + EnvironmentGrace;
}
