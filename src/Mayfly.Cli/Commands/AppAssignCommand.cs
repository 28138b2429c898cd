using System.CommandLine;
using Mayfly.Cli.Notation;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>app assign</c>.</summary>
internal sealed class AppAssignCommand : VerbCommand
{
    private readonly Argument<string> _app = new("app") { Description = "Application name" };
    private readonly Option<string?> _user = new("--user") { Description = "User who gets it" };
    private readonly Option<string?> _group = new("--group") { Description = "Group whose users get it" };
    private readonly Option<string?> _pool = new("--pool") { Description = "Pool all of whose users get it" };
    private readonly Option<string?> _version = new("--version") { Description = "Version; the current one when left out" };
    private readonly Option<PackageDelivery?> _delivery =
        ReadOption.Choice<PackageDelivery>("--delivery", "Before the session, when it is first started, or when the pool's machines are made; at logon when left out");

    public AppAssignCommand(CliEnvironment environment)
        : base(environment, "assign", "Assign an application to a user, a group or a pool.")
    {
        Arguments.Add(_app);
        foreach (var option in (Option[])[_user, _group, _pool, _version, _delivery])
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = new AssignAppRequest(parsed.GetValue(_version), parsed.GetValue(_user), parsed.GetValue(_group), parsed.GetValue(_pool), parsed.GetValue(_delivery) ?? default);
        return cli.Report.Show(await cli.Client.AssignAppAsync(parsed.GetRequiredValue(_app), request, cancellationToken), AppTable.Facts);
    }
}
