using System.CommandLine;
using Mayfly.Cli.Notation;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>role grant</c>.</summary>
internal sealed class RoleGrantCommand : VerbCommand
{
    private readonly Argument<Role?> _role = ReadOption.ChoiceArgument<Role>("role", "Which role");
    private readonly HolderOptions _holder = new();
    private readonly Option<string?> _pool = new("--pool") { Description = "Pool it is limited to; the whole house when left out" };

    public RoleGrantCommand(CliEnvironment environment)
        : base(environment, "grant", "Give a role to a user or a group, over the house or one pool.")
    {
        Arguments.Add(_role);
        _holder.AddTo(this);
        Options.Add(_pool);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!_holder.Read(parsed).TryGet(out var holder, out var fault))
            return cli.Report.Fail(fault);
        var request = new GrantRoleRequest(parsed.GetRequiredValue(_role)!.Value, holder.User, holder.Group, parsed.GetValue(_pool));
        return cli.Report.Show(await cli.Client.GrantRoleAsync(request, cancellationToken), grant => RoleTable.Of(grant));
    }
}
