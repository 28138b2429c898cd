using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

internal sealed partial class MayflyClient
{
    public Task<Outcome<List<HostView>>> HostsAsync(CancellationToken token) => ListAsync<HostView>("hosts", token);

    public Task<Outcome<HostView>> AddHostAsync(AddHostRequest request, CancellationToken token) => SendAsync<HostView>(HttpMethod.Post, "hosts", request, token);

    public Task<Outcome<HostView>> ChangeHostAsync(string name, ChangeHostRequest request, CancellationToken token) =>
        SendAsync<HostView>(HttpMethod.Put, $"hosts/{Part(name)}", request, token);

    public Task<Outcome<HouseAuthorityView>> AuthorityAsync(CancellationToken token) => GetAsync<HouseAuthorityView>("authority", token);

    public Task<Outcome<HouseAuthorityView>> ExchangeAuthorityAsync(CancellationToken token) => SendAsync<HouseAuthorityView>(HttpMethod.Post, "authority/exchange", new { }, token);

    public Task<Outcome<Done>> RemoveHostAsync(string name, CancellationToken token) => SendAsync(HttpMethod.Delete, $"hosts/{Part(name)}", token);
}
