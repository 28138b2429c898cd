using System.Security.Cryptography.X509Certificates;

namespace Mayfly.OpenIdProvider;

/// <summary>Somebody who can sign in.</summary>
public sealed record ProviderPerson(string Subject, string Name, string Password, string DisplayName, string Mail, params string[] Groups);

/// <summary>How a provider is set up. It knows one client.</summary>
public sealed record ProviderSettings
{
    /// <summary>Port on the loopback address; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Serves HTTPS with this, plain HTTP without.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Id of the client.</summary>
    public string ClientId { get; init; } = "mayfly";

    /// <summary>Secret of the client, or null for a public one.</summary>
    public string? ClientSecret { get; init; } = "the secret of Mayfly: & + %";

    /// <summary>How the client may show its secret; null for all ways there are.</summary>
    public IReadOnlyList<string>? SecretMethods { get; init; }

    /// <summary>False leaves groups to the userinfo endpoint.</summary>
    public bool GroupsInToken { get; init; } = true;

    /// <summary>Who can sign in.</summary>
    public IReadOnlyList<ProviderPerson> People { get; init; } =
    [
        new("1001", "Ada@mayfly.test", "ada's password", "Ada Lovelace", "ada@mayfly.test", "analysts", "house"),
        new("1002", "grace", "grace's password", "Grace Hopper", "grace@mayfly.test"),
        new("1003", "no name at all!", "a password", "Nobody", "nobody@mayfly.test"),
    ];
}
