using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

internal sealed partial class MayflyClient
{
    public Task<Outcome<List<UserView>>> UsersAsync(string? search, CancellationToken token) => AllAsync<UserView>(Query.Of("users", ("search", search)), token);

    public Task<Outcome<UserView>> UserAsync(string user, CancellationToken token) => GetAsync<UserView>(UserPath(user), token);

    public Task<Outcome<PersonView>> PersonAsync(string user, CancellationToken token) => GetAsync<PersonView>(UserPath(user, "person"), token);

    public Task<Outcome<UserAdded>> AddUserAsync(AddUserRequest request, CancellationToken token) =>
        SendAsync<UserAdded>(HttpMethod.Post, "users", request, token);

    public Task<Outcome<UserView>> ChangeUserAsync(string user, ChangeUserRequest request, CancellationToken token) =>
        SendAsync<UserView>(HttpMethod.Put, UserPath(user), request, token);

    public Task<Outcome<Done>> RemoveUserAsync(string user, CancellationToken token) => SendAsync(HttpMethod.Delete, UserPath(user), token);

    public Task<Outcome<PasswordSet>> SetPasswordAsync(string user, SetPasswordRequest request, CancellationToken token) =>
        SendAsync<PasswordSet>(HttpMethod.Put, UserPath(user, "password"), request, token);

    public Task<Outcome<Done>> RemoveSecondFactorAsync(string user, CancellationToken token) =>
        SendAsync(HttpMethod.Delete, UserPath(user, "second-factor"), token);

    public Task<Outcome<Done>> UnlockUserAsync(string user, CancellationToken token) => SendAsync(HttpMethod.Delete, UserPath(user, "lock"), token);

    public Task<Outcome<Done>> SignOutUserAsync(string user, CancellationToken token) => SendAsync(HttpMethod.Delete, UserPath(user, "sign-ins"), token);

    public Task<Outcome<List<ApiTokenView>>> TokensAsync(string? user, CancellationToken token) =>
        ListAsync<ApiTokenView>(Query.Of("tokens", ("user", user)), token);

    public Task<Outcome<MadeToken>> MakeTokenAsync(MakeTokenRequest request, CancellationToken token) =>
        SendAsync<MadeToken>(HttpMethod.Post, "tokens", request, token);

    public Task<Outcome<Done>> RevokeTokenAsync(string id, CancellationToken token) => SendAsync(HttpMethod.Delete, $"tokens/{Part(id)}", token);

    private static string UserPath(string user) => $"users/{Part(user)}";

    private static string UserPath(string user, string rest) => $"users/{Part(user)}/{rest}";
}
