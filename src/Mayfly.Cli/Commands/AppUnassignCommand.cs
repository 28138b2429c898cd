using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>app unassign</c>.</summary>
internal sealed class AppUnassignCommand : VerbCommand
{
    private readonly Argument<string> _app = new("app") { Description = "Application name" };
    private readonly Argument<string> _assignment = new("assignment") { Description = "Id of the assignment, as \"app show\" tells" };

    public AppUnassignCommand(CliEnvironment environment)
        : base(environment, "unassign", "Take an assignment back; sessions in progress keep what they have.")
    {
        Arguments.Add(_app);
        Arguments.Add(_assignment);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (app, assignment) = (parsed.GetRequiredValue(_app), parsed.GetRequiredValue(_assignment));
        var removed = await cli.Client.UnassignAppAsync(app, assignment, cancellationToken);
        return cli.Report.Confirm(removed, $"The assignment {assignment} of {app} is taken back.", new { Unassigned = assignment });
    }
}
