using System.CommandLine;
using Mayfly.Cli.Notation;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary>Options on how users may use the desktops of a pool.</summary>
internal sealed class PoolUseOptions
{
    private readonly Option<bool?> _startOnConnect = new("--start-on-connect")
    {
        Description = "Turn a kept machine that is off on again only when its owner opens it",
    };

    private readonly Option<MinutesNotation?> _disconnectIdle = Minutes("--disconnect-idle", "Minutes without key or pointer after which displays are closed");
    private readonly Option<MinutesNotation?> _logOffDisconnected =
        Minutes("--log-off-disconnected", "Minutes after its last display was closed at which a session is logged off");

    private readonly Option<IReadOnlyList<OpenPeriod>?> _hours = new("--hours")
    {
        Description = "When desktops can be opened, as \"mon-fri 07:00-19:00; sat 08:00-12:00\"; always takes it away",
        HelpName = "hours|always",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text is "always")
                return [];
            if (!HoursNotation.TryRead(text, out var periods, out var error))
                result.AddError(error);
            return periods;
        },
    };

    private readonly Option<bool?> _usersMayReset = new("--users-may-reset") { Description = "Let users reset their own desktop" };
    private readonly Option<ClipboardRule?> _clipboard =
        ReadOption.Choice<ClipboardRule>("--clipboard", "Which way text may be copied between a user's computer and the desktop");

    public IEnumerable<Option> All => [_startOnConnect, _disconnectIdle, _logOffDisconnected, _hours, _usersMayReset, _clipboard];

    /// <summary>The settings with what the command line names in place of theirs; null is a time zone that it does not name.</summary>
    public PoolSettings Apply(ParseResult parsed, PoolSettings settings, string? timeZone, TimeProvider clock)
    {
        var periods = parsed.GetValue(_hours) ?? settings.Hours?.Periods ?? [];
        return settings with
        {
            StartOnConnect = parsed.GetValue(_startOnConnect) ?? settings.StartOnConnect,
            DisconnectIdleMinutes = parsed.GetValue(_disconnectIdle) is { } idle ? idle.Minutes : settings.DisconnectIdleMinutes,
            LogOffDisconnectedMinutes = parsed.GetValue(_logOffDisconnected) is { } gone ? gone.Minutes : settings.LogOffDisconnectedMinutes,
            Hours = periods.Count == 0 ? null : new OpeningHours(timeZone ?? settings.Hours?.TimeZone ?? clock.LocalTimeZone.Id, periods),
            UsersMayReset = parsed.GetValue(_usersMayReset) ?? settings.UsersMayReset,
            Clipboard = parsed.GetValue(_clipboard) ?? settings.Clipboard,
        };
    }

    private static Option<MinutesNotation?> Minutes(string name, string description) =>
        ReadOption.Of<MinutesNotation>(name, description, MinutesNotation.Form, MinutesNotation.Read);
}
