using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>entitlement remove</c>.</summary>
internal sealed class EntitlementRemoveCommand : VerbCommand
{
    private readonly Argument<string> _pool = new("pool") { Description = "Pool name" };
    private readonly Argument<string> _user = new("user") { Description = "User name" };

    public EntitlementRemoveCommand(CliEnvironment environment)
        : base(environment, "remove", "Take a pool away from a user.")
    {
        Arguments.Add(_pool);
        Arguments.Add(_user);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var entitlement = new EntitlementView(parsed.GetRequiredValue(_pool), parsed.GetRequiredValue(_user));
        var outcome = await cli.Client.DisentitleAsync(entitlement.Pool, entitlement.User, cancellationToken);
        return cli.Report.Confirm(outcome, $"{entitlement.User} may no longer use {entitlement.Pool}.", new { Removed = entitlement });
    }
}
