using Mayfly.Contracts;
using Mayfly.Contracts.Agent;

namespace Mayfly.Engine.Guests;

public sealed partial class AgentConnection
{
    /// <summary>Has the guest write what the volume of a capture holds to a disk. The guest itself gives up after the request's time limit.</summary>
    public async Task<Outcome<PackReport>> PackAsync(PackRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var deadline = TimeSpan.FromSeconds(request.TimeoutSeconds) + Grace;
        return Read(await AskAsync(AgentVerbs.Pack, Element(request, AgentJson.Default.PackRequest), deadline, null, cancellationToken)
            .ConfigureAwait(false), AgentJson.Default.PackReport, GuestText.Check);
    }
}
