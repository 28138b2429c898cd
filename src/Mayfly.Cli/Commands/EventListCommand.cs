using System.CommandLine;
using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary><c>event list</c>.</summary>
internal sealed class EventListCommand : VerbCommand
{
    private readonly Option<long?> _after = new("--after") { Description = "Events with a higher number, oldest first; the newest when left out" };
    private readonly Option<int> _limit = new("--limit") { Description = "Most events shown", DefaultValueFactory = _ => 100 };

    public EventListCommand(CliEnvironment environment)
        : base(environment, "list", "List what happened.")
    {
        Options.Add(_after);
        Options.Add(_limit);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var outcome = await cli.Client.EventsAsync(parsed.GetValue(_after), parsed.GetValue(_limit), cancellationToken);
        return cli.Report.Show(outcome, Render);
    }

    private static Table Render(List<EventView> events) => TextTable.Of(
        ["number", "at", "level", "kind", "by", "message"],
        events.Select(IReadOnlyList<string?> (item) =>
            [Words.Number(item.Id), Words.When(item.At), item.Level, item.Kind, item.Actor, item.Message]));
}
