using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary>A verb that does something to one thing and confirms it.</summary>
internal abstract class DeedCommand : VerbCommand
{
    private readonly Argument<string> _subject;

    protected DeedCommand(CliEnvironment environment, string name, string description, string subject, string subjectIs)
        : base(environment, name, description) => Arguments.Add(_subject = new Argument<string>(subject) { Description = subjectIs });

    /// <summary>Begins it.</summary>
    protected abstract Deed Begin(MayflyClient client, string subject, ParseResult parsed, CancellationToken cancellationToken);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var deed = Begin(cli.Client, parsed.GetRequiredValue(_subject), parsed, cancellationToken);
        return cli.Report.Confirm(await deed.Doing, deed.Sentence, deed.Json);
    }
}
