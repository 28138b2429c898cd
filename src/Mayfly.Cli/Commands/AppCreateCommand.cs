using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>app create</c>.</summary>
internal sealed class AppCreateCommand : VerbCommand
{
    private const int UsualPrecedence = 500;

    private readonly Argument<string> _name = new("name") { Description = "Unique name: a-z, 0-9 and '-'" };
    private readonly AppDetailsOptions _details = new();

    public AppCreateCommand(CliEnvironment environment)
        : base(environment, "create", "Add an application; its packages are captured or imported then.")
    {
        Arguments.Add(_name);
        _details.AddTo(this);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (displayName, description, precedence) = _details.Read(parsed);
        var request = new CreateAppRequest(parsed.GetRequiredValue(_name), displayName, description ?? "", precedence ?? UsualPrecedence);
        return cli.Report.Show(await cli.Client.CreateAppAsync(request, cancellationToken), AppTable.Facts);
    }
}
