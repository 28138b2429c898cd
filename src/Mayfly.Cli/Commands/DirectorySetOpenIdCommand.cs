using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>directory set-openid</c>.</summary>
internal sealed class DirectorySetOpenIdCommand : DirectorySetCommand
{
    private readonly Option<string?> _displayName = new("--display-name") { Description = "Text of the button on the sign-in page; the directory's name unless told" };
    private readonly Option<string?> _authority = new("--authority") { Description = "The provider's issuer, such as https://login.example.org/realms/house" };
    private readonly Option<string?> _client = new("--client-id") { Description = "Mayfly's id at the provider" };
    private readonly Option<string[]> _scopes = new("--scope") { Description = "Scope asked for besides openid; repeat it for more" };
    private readonly Option<string?> _userClaim = new("--user-claim") { Description = "Claim with the login name" };
    private readonly Option<string?> _nameClaim = new("--display-name-claim") { Description = "Claim with the name shown" };
    private readonly Option<string?> _groupsClaim = new("--groups-claim") { Description = "Claim with the names of groups; \"\" when they do not matter" };
    private readonly Option<bool?> _https = new("--require-https") { Description = "false allows plain HTTP, for trials on one host" };
    private readonly Option<int?> _timeout = new("--timeout") { Description = "Most seconds that one request to the provider takes, 1 to 60" };

    public DirectorySetOpenIdCommand(CliEnvironment environment)
        : base(environment, "set-openid", "Add an OpenID Connect provider, or change one; what is not named stays as it is.", "client-secret")
    {
        foreach (var option in (Option[])[_displayName, _authority, _client, _scopes, _userClaim, _nameClaim, _groupsClaim, _https, _timeout])
            Options.Add(option);
    }

    protected override string? Authorities(DirectoryView? there) => there?.OpenId?.CaCertificate;

    protected override Outcome<SetDirectoryRequest> Change(DirectoryView? there, Material material, ParseResult parsed)
    {
        var (authority, client) = (parsed.GetValue(_authority) ?? there?.OpenId?.Authority, parsed.GetValue(_client) ?? there?.OpenId?.ClientId);
        if (authority is null || client is null)
            return Lacks("--authority and --client-id");
        var settings = there?.OpenId ?? new OpenIdSettings { Name = material.Name, DisplayName = material.Name, Authority = authority, ClientId = client };
        return new SetDirectoryRequest(OpenId: settings with
        {
            DisplayName = parsed.GetValue(_displayName) ?? settings.DisplayName,
            Authority = authority,
            CaCertificate = material.Authorities,
            ClientId = client,
            ClientSecret = material.Secret,
            Scopes = Several(parsed, _scopes, settings.Scopes)!,
            UserClaim = parsed.GetValue(_userClaim) ?? settings.UserClaim,
            DisplayNameClaim = parsed.GetValue(_nameClaim) ?? settings.DisplayNameClaim,
            GroupsClaim = Text(parsed, _groupsClaim, settings.GroupsClaim),
            RequireHttps = parsed.GetValue(_https) ?? settings.RequireHttps,
            TimeoutSeconds = parsed.GetValue(_timeout) ?? settings.TimeoutSeconds,
        });
    }
}
