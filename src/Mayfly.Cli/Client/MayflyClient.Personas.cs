using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

internal sealed partial class MayflyClient
{
    public Task<Outcome<List<PersonaView>>> PersonasAsync(string? search, CancellationToken token) => AllAsync<PersonaView>(Query.Of("personas", ("search", search)), token);

    public Task<Outcome<PersonaDetails>> PersonaAsync(string user, CancellationToken token) => GetAsync<PersonaDetails>(PersonaPath(user), token);

    public Task<Outcome<PersonaDetails>> RestorePersonaAsync(string user, string config, RestorePersonaRequest request, CancellationToken token) =>
        SendAsync<PersonaDetails>(HttpMethod.Post, PersonaPath(user, $"{Part(config)}/restore"), request, token);

    public Task<Outcome<PersonaDetails>> ResetPersonaAsync(string user, string config, CancellationToken token) =>
        SendAsync<PersonaDetails>(HttpMethod.Post, PersonaPath(user, $"{Part(config)}/reset"), null, token);

    public Task<Outcome<Done>> RemovePersonaAsync(string user, CancellationToken token) => SendAsync(HttpMethod.Delete, PersonaPath(user), token);

    public Task<Outcome<List<FlexConfigView>>> FlexConfigsAsync(CancellationToken token) => ListAsync<FlexConfigView>("flex-configs", token);

    public Task<Outcome<FlexConfigView>> SetFlexConfigAsync(string name, SetFlexConfigRequest request, CancellationToken token) =>
        SendAsync<FlexConfigView>(HttpMethod.Put, $"flex-configs/{Part(name)}", request, token);

    public Task<Outcome<Done>> RemoveFlexConfigAsync(string name, CancellationToken token) => SendAsync(HttpMethod.Delete, $"flex-configs/{Part(name)}", token);

    public Task<Outcome<Done>> BeginRecordingAsync(string machine, CancellationToken token) => SendAsync(HttpMethod.Put, $"machines/{Part(machine)}/recording", token);

    public Task<Outcome<FlexConfigProposal>> RecordingAsync(string machine, CancellationToken token) => GetAsync<FlexConfigProposal>($"machines/{Part(machine)}/recording", token);

    public Task<Outcome<List<EnvironmentView>>> EnvironmentsAsync(CancellationToken token) => ListAsync<EnvironmentView>("environments", token);

    public Task<Outcome<EnvironmentView>> SetEnvironmentAsync(string name, SetEnvironmentRequest request, CancellationToken token) =>
        SendAsync<EnvironmentView>(HttpMethod.Put, $"environments/{Part(name)}", request, token);

    public Task<Outcome<Done>> RemoveEnvironmentAsync(string name, CancellationToken token) => SendAsync(HttpMethod.Delete, $"environments/{Part(name)}", token);

    public Task<Outcome<List<PredefinedView>>> PredefinedAsync(CancellationToken token) => ListAsync<PredefinedView>("predefined-settings", token);

    public Task<Outcome<PredefinedView>> PredefineAsync(PredefineRequest request, CancellationToken token) =>
        SendAsync<PredefinedView>(HttpMethod.Post, "predefined-settings", request, token);

    public Task<Outcome<Done>> RemovePredefinedAsync(string id, CancellationToken token) => SendAsync(HttpMethod.Delete, $"predefined-settings/{Part(id)}", token);

    private static string PersonaPath(string user, string? below = null) => $"personas/{Part(user)}" + (below is null ? "" : "/" + below);
}
