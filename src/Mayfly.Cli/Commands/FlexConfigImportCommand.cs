using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>flex-config import</c>.</summary>
internal sealed class FlexConfigImportCommand : VerbCommand
{
    private readonly Argument<string> _config = new("flex-config") { Description = "Name of the Flex config" };
    private readonly Argument<FileInfo> _file = new("file") { Description = "Its file, YAML" };

    public FlexConfigImportCommand(CliEnvironment environment)
        : base(environment, "import", "Make a Flex config of a file, or change one; one that comes with Mayfly too.")
    {
        Arguments.Add(_config);
        Arguments.Add(_file);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Report.Show(await ImportAsync(cli, parsed, cancellationToken), config => PersonaTable.Of([config]));

    private async Task<Outcome<FlexConfigView>> ImportAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetRequiredValue(_file);
        try
        {
            var yaml = await File.ReadAllTextAsync(file.FullName, cancellationToken);
            return await cli.Client.SetFlexConfigAsync(parsed.GetRequiredValue(_config), new SetFlexConfigRequest(yaml), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Fault(ErrorCode.InvalidRequest, $"{file} can not be read.", exception.Message);
        }
    }
}
