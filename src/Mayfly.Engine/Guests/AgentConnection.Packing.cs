using Mayfly.Contracts;
using Mayfly.Contracts.Agent;

namespace Mayfly.Engine.Guests;

public sealed partial class AgentConnection
{
    /// <summary>Has the guest write what the volume of a capture holds to a disk. The guest itself gives up after the request's time limit.</summary>
    public Task<Outcome<PackReport>> PackAsync(PackRequest request, CancellationToken cancellationToken) =>
        AskAsync(AgentVerbs.Pack, request, AgentJson.Default.PackRequest, TimeSpan.FromSeconds(request.TimeoutSeconds) + Grace, AgentJson.Default.PackReport, GuestText.Check, cancellationToken);
}
