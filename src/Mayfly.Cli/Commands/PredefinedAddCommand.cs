using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>predefined add</c>.</summary>
internal sealed class PredefinedAddCommand : VerbCommand
{
    private readonly Argument<string> _config = new("flex-config") { Description = "Name of the Flex config" };
    private readonly Argument<string> _user = new("user") { Description = "User whose kept settings they are made of" };
    private readonly Option<string?> _version = new("--version-id") { Description = "Version id, as \"persona show\" tells; the current one when left out" };
    private readonly Option<string?> _group = new("--group") { Description = "For users of this group" };
    private readonly Option<string?> _pool = new("--pool") { Description = "For desktops of this pool" };
    private readonly Option<string?> _environment = new("--environment") { Description = "For logons that meet the condition of this environment" };
    private readonly Option<bool> _enforced = new("--enforced") { Description = "Bring them at each logon, over what the user has" };

    public PredefinedAddCommand(CliEnvironment environment)
        : base(environment, "add", "Make a user's kept settings what others begin with, or get in any case.")
    {
        Arguments.Add(_config);
        Arguments.Add(_user);
        foreach (var option in (Option[])[_version, _group, _pool, _environment, _enforced])
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = new PredefineRequest(
            parsed.GetRequiredValue(_config), parsed.GetRequiredValue(_user), parsed.GetValue(_version), parsed.GetValue(_group), parsed.GetValue(_pool), parsed.GetValue(_enforced), parsed.GetValue(_environment));
        return cli.Report.Show(await cli.Client.PredefineAsync(request, cancellationToken), view => PersonaTable.Of([view]));
    }
}
