using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine assign</c>.</summary>
internal sealed class MachineAssignCommand : MachineActionCommand
{
    private readonly Argument<string> _user = new("user") { Description = "Login name" };

    public MachineAssignCommand(CliEnvironment environment)
        : base(environment, "assign", "Make a machine of a dedicated pool a user's own.") => Arguments.Add(_user);

    protected override Task<Outcome<MachineView>> ActAsync(
        MayflyClient client, string machine, ParseResult parsed, CancellationToken cancellationToken) =>
        client.AssignMachineAsync(machine, parsed.GetRequiredValue(_user), cancellationToken);
}
