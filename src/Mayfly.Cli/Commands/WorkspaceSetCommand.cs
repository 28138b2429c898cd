using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>workspace set</c>.</summary>
internal sealed class WorkspaceSetCommand : VerbCommand
{
    private readonly Argument<string> _name = new("workspace") { Description = "Name of the workspace" };
    private readonly Option<string> _pool = new("--pool") { Description = "Pool whose desktops they get", Required = true };
    private readonly Option<string[]> _users = new("--user") { Description = "User who gets it; may be repeated" };
    private readonly Option<string[]> _groups = new("--group") { Description = "Group whose users get it; may be repeated" };
    private readonly Option<string[]> _apps = new("--app") { Description = "Application they get, in the current version at logon; may be repeated" };
    private readonly Option<bool> _persona = new("--persona") { Description = "Have the settings of the pool's users follow them" };
    private readonly Option<string?> _displayName = new("--display-name") { Description = "What people read; the name when left out" };

    public WorkspaceSetCommand(CliEnvironment environment)
        : base(environment, "set", "Say in one what people get, and give it to them; the whole of it each time.")
    {
        Arguments.Add(_name);
        foreach (var option in (Option[])[_pool, _users, _groups, _apps, _persona, _displayName])
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(_name);
        var workspace = new Workspace
        {
            DisplayName = parsed.GetValue(_displayName) ?? name,
            Users = parsed.GetValue(_users) ?? [],
            Groups = parsed.GetValue(_groups) ?? [],
            Pool = parsed.GetRequiredValue(_pool),
            Apps = parsed.GetValue(_apps) ?? [],
            Persona = parsed.GetValue(_persona),
        };
        return cli.Report.Show(await cli.Client.SetWorkspaceAsync(name, workspace, cancellationToken), WorkspaceTable.WithDrift);
    }
}
