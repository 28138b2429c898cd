using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts;

namespace Mayfly.Cli.Commands;

/// <summary>A verb that shows one thing, or the list that belongs to one thing, by its name.</summary>
/// <typeparam name="T">What is shown.</typeparam>
internal abstract class NamedViewCommand<T> : ViewCommand<T>
{
    private readonly Argument<string> _subject;

    protected NamedViewCommand(CliEnvironment environment, string name, string description, string subject, string subjectIs)
        : base(environment, name, description) => Arguments.Add(_subject = new Argument<string>(subject) { Description = subjectIs });

    /// <summary>Reads it as it is now.</summary>
    protected abstract Task<Outcome<T>> ReadAsync(MayflyClient client, string subject, CancellationToken cancellationToken);

    protected override Task<Outcome<T>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        ReadAsync(cli.Client, parsed.GetRequiredValue(_subject), cancellationToken);
}
