using System.CommandLine;
using Mayfly.Cli.Output;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>token list</c>.</summary>
internal sealed class TokenListCommand : ViewCommand<List<ApiTokenView>>
{
    private readonly Option<string?> _user = new("--user") { Description = "Those of this user" };

    public TokenListCommand(CliEnvironment environment)
        : base(environment, "list", "List API tokens; the tokens themselves are never shown again.") => Options.Add(_user);

    protected override Task<Outcome<List<ApiTokenView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.TokensAsync(parsed.GetValue(_user), cancellationToken);

    protected override IRenderable Render(List<ApiTokenView> tokens) => TextTable.Of(
        ["token", "user", "label", "made", "ends", "last used"],
        tokens.Select(IReadOnlyList<string?> (token) =>
            [token.Id, token.User, token.Label, Words.When(token.CreatedAt), Words.When(token.ExpiresAt), Words.When(token.LastUsedAt)]));
}
