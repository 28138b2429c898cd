using System.CommandLine;
using Mayfly.Contracts;

namespace Mayfly.Cli.Commands;

/// <summary>Makes something of a file that people write, or changes it: <c>import NAME FILE</c>.</summary>
internal abstract class FileImportCommand<TView> : VerbCommand
{
    private readonly Argument<string> _name;
    private readonly Argument<FileInfo> _file = new("file") { Description = "Its file, YAML" };

    /// <param name="environment">What the command sees of the world.</param>
    /// <param name="description">What it does.</param>
    /// <param name="noun">What is made, as an argument.</param>
    /// <param name="words">The same in words.</param>
    protected FileImportCommand(CliEnvironment environment, string description, string noun, string words)
        : base(environment, "import", description)
    {
        Arguments.Add(_name = new Argument<string>(noun) { Description = $"Name of the {words}" });
        Arguments.Add(_file);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        Show(cli, await ImportAsync(cli, parsed, cancellationToken));

    protected abstract Task<Outcome<TView>> SendAsync(CliSession cli, string name, string text, CancellationToken cancellationToken);

    protected abstract int Show(CliSession cli, Outcome<TView> outcome);

    private async Task<Outcome<TView>> ImportAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var file = parsed.GetRequiredValue(_file);
        try
        {
            return await SendAsync(cli, parsed.GetRequiredValue(_name), await File.ReadAllTextAsync(file.FullName, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Fault(ErrorCode.InvalidRequest, $"{file} can not be read.", exception.Message);
        }
    }
}
