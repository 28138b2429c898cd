using System.CommandLine;
using Mayfly.Contracts;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary>A verb that shows something: once, or with <c>--watch</c> again whenever it has changed.</summary>
/// <typeparam name="T">What is shown.</typeparam>
internal abstract class ViewCommand<T> : VerbCommand
{
    private readonly Option<bool> _watch = new("--watch", "-w") { Description = "Show it again whenever it has changed, until Ctrl+C" };

    protected ViewCommand(CliEnvironment environment, string name, string description)
        : base(environment, name, description) => Options.Add(_watch);

    /// <summary>Reads it as it is now.</summary>
    protected abstract Task<Outcome<T>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken);

    /// <summary>What people see of it.</summary>
    protected abstract IRenderable Render(T value);

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) => parsed.GetValue(_watch)
        ? await Watch.RunAsync(cli, token => ReadAsync(cli, parsed, token), Render, cancellationToken)
        : cli.Report.Show(await ReadAsync(cli, parsed, cancellationToken), Render);
}
