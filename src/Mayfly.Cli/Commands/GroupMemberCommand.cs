using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary>A verb about one user in one group.</summary>
internal abstract class GroupMemberCommand : DeedCommand
{
    private readonly Argument<string> _user = new("user") { Description = "User name" };

    protected GroupMemberCommand(CliEnvironment environment, string name, string description)
        : base(environment, name, description, "group", "Group name") => Arguments.Add(_user);

    /// <summary>Begins it.</summary>
    protected abstract Deed Begin(MayflyClient client, string group, string user, CancellationToken cancellationToken);

    protected override Deed Begin(MayflyClient client, string subject, ParseResult parsed, CancellationToken cancellationToken) =>
        Begin(client, subject, parsed.GetRequiredValue(_user), cancellationToken);
}
