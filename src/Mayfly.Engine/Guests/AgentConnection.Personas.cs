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

    /// <summary>Has programs wait at their start until what belongs to them is ready. <see cref="ErrorCode.AgentRefused"/> where the guest's kernel can not, or its agent knows none of it.</summary>
    public Task<Outcome<WatchProgramsReport>> WatchProgramsAsync(WatchProgramsRequest request, CancellationToken cancellationToken) =>
        AskAsync(AgentVerbs.WatchPrograms, request, AgentJson.Default.WatchProgramsRequest, Grace, AgentJson.Default.WatchProgramsReport, GuestText.Check, cancellationToken);

    /// <summary>Waits, for ever if need be, until a watched program waits or the last has ended.</summary>
    public Task<Outcome<ProgramReport>> AwaitProgramAsync(AwaitProgramRequest request, CancellationToken cancellationToken) =>
        AskAsync(AgentVerbs.AwaitProgram, request, AgentJson.Default.AwaitProgramRequest, Longest, AgentJson.Default.ProgramReport, GuestText.Check, cancellationToken);
}
