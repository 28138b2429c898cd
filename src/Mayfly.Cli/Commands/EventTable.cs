using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How events are shown.</summary>
internal static class EventTable
{
    public static Table Of(IEnumerable<EventView> events) => TextTable.Of(
        ["number", "at", "level", "kind", "by", "message"],
        events.Select(IReadOnlyList<string?> (item) =>
            [Words.Number(item.Id), Words.When(item.At), item.Level, item.Kind, item.Actor, item.Message]));

    /// <summary>One event as a line, for a list that has no end.</summary>
    public static string Line(EventView item) =>
        Words.Printable($"{Words.When(item.At)} {item.Level,-7} {item.Kind}: {item.Message}" + (item.Actor is null ? "" : $" ({item.Actor})")).Replace('\n', ' ');
}
