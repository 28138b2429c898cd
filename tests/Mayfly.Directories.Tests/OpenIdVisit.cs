using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Directories;
using Mayfly.DirectoryKit;
using Microsoft.AspNetCore.WebUtilities;
using Provider = Mayfly.OpenIdProvider.OpenIdProvider;

namespace Mayfly.Directories.Tests;

/// <summary>Goes through a sign-in as Mayfly and a browser together do.</summary>
internal sealed class OpenIdVisit(Provider provider)
{
    private static readonly Uri Back = new("http://localhost:7070/api/sign-in/provider/return");

    private readonly OpenIdClient _client = new(TimeProvider.System);

    public OpenIdSettings Settings { get; set; } = new()
    {
        Name = "provider",
        DisplayName = "Sign in with the provider",
        Authority = provider.Address.AbsoluteUri,
        ClientId = provider.Settings.ClientId,
        ClientSecret = provider.Settings.ClientSecret,
        RequireHttps = false,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Task<Outcome<OpenIdAttempt>> BeginAsync() => _client.BeginAsync(Settings, Back, Token);

    public Task<Outcome<DirectoryPerson>> CompleteAsync(OpenIdAttempt attempt, OpenIdCallback callback) => _client.CompleteAsync(Settings, attempt, callback, Token);

    public Task<Outcome<OpenIdTestReport>> TestAsync() => _client.TestAsync(Settings, Token);

    /// <summary>What the browser comes back with.</summary>
    public static async Task<OpenIdCallback> ReturnAsync(OpenIdAttempt attempt, string user, string password, HttpMessageHandler? handler = null)
    {
        var query = QueryHelpers.ParseQuery((await ProviderBrowser.SignInAsync(attempt.AuthorizationUrl, user, password, handler)).Query);
        string? Given(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
        return new OpenIdCallback(Given("code"), Given("state"), Given("iss"), Given("error"), Given("error_description"));
    }

    /// <summary>The whole way.</summary>
    public async Task<Outcome<DirectoryPerson>> SignInAsync(string user, string password, HttpMessageHandler? handler = null)
    {
        var attempt = await BeginAsync();
        return attempt.Fault is { } fault ? fault : await CompleteAsync(attempt.Value, await ReturnAsync(attempt.Value, user, password, handler));
    }
}
