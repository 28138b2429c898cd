using System.CommandLine;
using Mayfly.Cli.Notation;

namespace Mayfly.Cli.Commands;

/// <summary><c>event export</c>.</summary>
internal sealed class EventExportCommand : VerbCommand
{
    private readonly Option<DayTime?> _from = ReadOption.Of<DayTime>("--from", "First moment, local time", DayTime.Form, DayTime.Read);
    private readonly Option<DayTime?> _to = ReadOption.Of<DayTime>("--to", "Last moment, local time", DayTime.Form, DayTime.Read);

    public EventExportCommand(CliEnvironment environment)
        : base(environment, "export", "Print events for programs: one JSON record a line.")
    {
        Options.Add(_from);
        Options.Add(_to);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        var outcome = await cli.Client.ExportEventsAsync(
            parsed.GetValue(_from)?.At, parsed.GetValue(_to)?.At, cli.Environment.Out, cancellationToken);
        return outcome.Fault is { } fault ? cli.Report.Fail(fault) : ExitCodes.Ok;
    }
}
