using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>entitlement add</c>.</summary>
internal sealed class EntitlementAddCommand : VerbCommand
{
    private readonly Argument<string> _pool = new("pool") { Description = "Pool name" };
    private readonly Argument<string> _user = new("user") { Description = "User name" };

    public EntitlementAddCommand(CliEnvironment environment)
        : base(environment, "add", "Let a user use a pool.")
    {
        Arguments.Add(_pool);
        Arguments.Add(_user);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var entitlement = new EntitlementView(parsed.GetRequiredValue(_pool), parsed.GetRequiredValue(_user));
        var outcome = await cli.Client.EntitleAsync(entitlement.Pool, entitlement.User, cancellationToken);
        return cli.Report.Confirm(outcome, $"{entitlement.User} may now use {entitlement.Pool}.", new { Added = entitlement });
    }
}
