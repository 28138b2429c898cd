using Mayfly.Contracts;
using Mayfly.Contracts.Agent;

namespace Mayfly.Engine.Guests;

public sealed partial class AgentConnection
{
    /// <summary>Has the guest pack what is its user's onto a disk. The guest itself gives up after the request's time limit.</summary>
    public Task<Outcome<PersonaSaveReport>> SavePersonaAsync(PersonaSaveRequest request, CancellationToken cancellationToken) =>
        AskAsync(AgentVerbs.PersonaSave, request, AgentJson.Default.PersonaSaveRequest, TimeSpan.FromSeconds(request.TimeoutSeconds) + Grace, AgentJson.Default.PersonaSaveReport, GuestText.Check, cancellationToken);

    /// <summary>Has the running desktop set what was unpacked for it. The guest itself gives up after the request's time limit.</summary>
    public Task<Outcome<PersonaLoadReport>> SetPersonaAsync(PersonaSetRequest request, CancellationToken cancellationToken) =>
        AskAsync(AgentVerbs.PersonaSet, request, AgentJson.Default.PersonaSetRequest, TimeSpan.FromSeconds(request.TimeoutSeconds) + Grace, AgentJson.Default.PersonaLoadReport, GuestText.Check, cancellationToken);

    /// <summary>Has the guest unpack archives from a disk. The guest itself gives up after the request's time limit.</summary>
    public Task<Outcome<PersonaLoadReport>> LoadPersonaAsync(PersonaLoadRequest request, CancellationToken cancellationToken) =>
        AskAsync(AgentVerbs.PersonaLoad, request, AgentJson.Default.PersonaLoadRequest, TimeSpan.FromSeconds(request.TimeoutSeconds) + Grace, AgentJson.Default.PersonaLoadReport, GuestText.Check, cancellationToken);
}
