using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>event list</c>.</summary>
internal sealed class EventListCommand : ViewCommand<List<EventView>>
{
    private readonly EventFilterOptions _filter = new();
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Print events as they happen, a line each, until Ctrl+C" };

    public EventListCommand(CliEnvironment environment)
        : base(environment, "list", "List what happened.")
    {
        _filter.AddTo(this);
        Options.Add(_follow);
    }

    protected override Task<Outcome<List<EventView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.EventsAsync(_filter.Read(parsed), cancellationToken);

    protected override IRenderable Render(List<EventView> events) => EventTable.Of(events);

    protected override Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) => parsed.GetValue(_follow)
        ? EventFollow.RunAsync(cli, _filter.Read(parsed), cancellationToken)
        : base.RunAsync(cli, parsed, cancellationToken);
}
