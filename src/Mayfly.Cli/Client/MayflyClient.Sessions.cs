using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

internal sealed partial class MayflyClient
{
    /// <summary>Sessions; null leaves a filter open.</summary>
    public Task<Outcome<List<SessionView>>> SessionsAsync(string? pool, string? user, string? machine, string? state, CancellationToken token) =>
        AllAsync<SessionView>(Query.Of("sessions", ("pool", pool), ("user", user), ("machine", machine), ("state", state)), token);

    public Task<Outcome<SessionView>> SessionAsync(string session, CancellationToken token) => GetAsync<SessionView>($"sessions/{Part(session)}", token);

    public Task<Outcome<Done>> SendMessageAsync(string session, SendMessageRequest message, CancellationToken token) =>
        SendAsync(HttpMethod.Post, $"sessions/{Part(session)}/message", token, message);

    public Task<Outcome<Done>> DisconnectAsync(string session, CancellationToken token) =>
        SendAsync(HttpMethod.Post, $"sessions/{Part(session)}/disconnect", token);

    public Task<Outcome<Done>> LogOffAsync(string session, CancellationToken token) => SendAsync(HttpMethod.Delete, $"sessions/{Part(session)}", token);
}
