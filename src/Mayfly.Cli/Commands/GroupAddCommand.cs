using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>group add</c>.</summary>
internal sealed class GroupAddCommand : VerbCommand
{
    private readonly Argument<string> _name = new("name") { Description = "Group name" };
    private readonly Option<string?> _displayName = new("--display-name") { Description = "Name shown" };
    private readonly Option<string?> _directory = new("--directory") { Description = "Directory whose group it stands for; a local group when left out" };
    private readonly Option<string?> _externalName = new("--external-name") { Description = "Its name there: a DN, a common name, or a claim's value" };

    public GroupAddCommand(CliEnvironment environment)
        : base(environment, "add", "Add a local group, or one that stands for a directory's.")
    {
        Arguments.Add(_name);
        foreach (var option in (Option[])[_displayName, _directory, _externalName])
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = new AddGroupRequest(
            parsed.GetRequiredValue(_name), parsed.GetValue(_displayName), parsed.GetValue(_directory), parsed.GetValue(_externalName));
        return cli.Report.Show(await cli.Client.AddGroupAsync(request, cancellationToken), group => GroupTable.Of(group));
    }
}
