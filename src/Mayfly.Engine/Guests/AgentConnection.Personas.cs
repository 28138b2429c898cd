using Mayfly.Contracts;
using Mayfly.Contracts.Agent;

namespace Mayfly.Engine.Guests;

public sealed partial class AgentConnection
{
    /// <summary>Has the guest pack what is its user's onto a disk. The guest itself gives up after the request's time limit.</summary>
    public async Task<Outcome<PersonaSaveReport>> SavePersonaAsync(PersonaSaveRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var deadline = TimeSpan.FromSeconds(request.TimeoutSeconds) + Grace;
        return Read(await AskAsync(AgentVerbs.PersonaSave, Element(request, AgentJson.Default.PersonaSaveRequest), deadline, null, cancellationToken)
            .ConfigureAwait(false), AgentJson.Default.PersonaSaveReport, GuestText.Check);
    }

    /// <summary>Has the running desktop set what was unpacked for it. The guest itself gives up after the request's time limit.</summary>
    public async Task<Outcome<PersonaLoadReport>> SetPersonaAsync(PersonaSetRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var deadline = TimeSpan.FromSeconds(request.TimeoutSeconds) + Grace;
        return Read(await AskAsync(AgentVerbs.PersonaSet, Element(request, AgentJson.Default.PersonaSetRequest), deadline, null, cancellationToken)
            .ConfigureAwait(false), AgentJson.Default.PersonaLoadReport, GuestText.Check);
    }

    /// <summary>Has the guest unpack archives from a disk. The guest itself gives up after the request's time limit.</summary>
    public async Task<Outcome<PersonaLoadReport>> LoadPersonaAsync(PersonaLoadRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var deadline = TimeSpan.FromSeconds(request.TimeoutSeconds) + Grace;
        return Read(await AskAsync(AgentVerbs.PersonaLoad, Element(request, AgentJson.Default.PersonaLoadRequest), deadline, null, cancellationToken)
            .ConfigureAwait(false), AgentJson.Default.PersonaLoadReport, GuestText.Check);
    }
}
