using System.CommandLine;
using Mayfly.Cli.Notation;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary>Options on how many machines a pool has, and when they are made.</summary>
internal sealed class PoolSizeOptions
{
    private readonly Option<PoolSizing?> _sizing =
        ReadOption.Choice<PoolSizing>("--sizing", "When machines are made: as they are wanted, or all of the maximum at once");
    private readonly Option<int?> _minimum = new("--minimum", "--min") { Description = "Fewest machines, in use or not" };
    private readonly Option<int?> _spare = new("--spare") { Description = "Machines kept ready" };
    private readonly Option<int?> _maximum = new("--maximum", "--max") { Description = "Most machines" };
    private readonly Option<IReadOnlyList<SpareLevel>?> _schedule = new("--schedule")
    {
        Description = "Machines kept ready over the week, as \"mon-fri 07:00=20; mon-fri 19:00=2\"; none takes it away",
        HelpName = "schedule",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text is "none")
                return [];
            if (!ScheduleNotation.TryRead(text, out var levels, out var error))
                result.AddError(error);
            return levels;
        },
    };

    public IEnumerable<Option> All => [_sizing, _minimum, _spare, _maximum, _schedule];

    /// <summary>The settings with what the command line names in place of theirs; null is a time zone that it does not name.</summary>
    public PoolSettings Apply(ParseResult parsed, PoolSettings settings, string? timeZone, TimeProvider clock)
    {
        var levels = parsed.GetValue(_schedule) ?? settings.Schedule?.Levels ?? [];
        return settings with
        {
            Sizing = parsed.GetValue(_sizing) ?? settings.Sizing,
            Minimum = parsed.GetValue(_minimum) ?? settings.Minimum,
            Spare = parsed.GetValue(_spare) ?? settings.Spare,
            Maximum = parsed.GetValue(_maximum) ?? settings.Maximum,
            Schedule = levels.Count == 0 ? null : new SpareSchedule(timeZone ?? settings.Schedule?.TimeZone ?? clock.LocalTimeZone.Id, levels),
        };
    }
}
