using System.CommandLine;
using Mayfly.Cli.Notation;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>settings set</c>.</summary>
internal sealed class SettingsSetCommand : VerbCommand
{
    private readonly Option<int?> _idle = new("--sign-in-idle") { Description = "Minutes without use after which a sign-in is over" };
    private readonly Option<int?> _longest = new("--sign-in-longest") { Description = "Minutes after which a sign-in is over in any case" };
    private readonly Option<int?> _wrong = new("--wrong-passwords") { Description = "Wrong passwords in a row after which sign-in is paused" };
    private readonly Option<bool?> _factor = new("--second-factor-for-roles") { Description = "Everybody with a role must set up a second factor" };
    private readonly Option<int?> _days = new("--event-days") { Description = "Days that events are kept" };
    private readonly Option<int?> _sessionDays = new("--session-days") { Description = "Days that sessions are kept after they ended" };
    private readonly Option<int?> _personaVersions = new("--persona-versions") { Description = "Days of which an earlier version of users' settings is kept" };
    private readonly Option<int?> _personaMinutes = new("--persona-minutes") { Description = "Minutes after which the settings of users are saved during a session; 0: at log-off alone" };
    private readonly Option<int?> _personaQuota = new("--persona-quota") { Description = "MiB that the settings of one user may take" };
    private readonly Option<PlacementRule?> _placement = new("--placement") { Description = "Make machines where most memory is free, or where least is and they fit" };
    private readonly Option<SyslogNotation?> _syslog =
        ReadOption.Of<SyslogNotation>("--syslog", "Where events are sent as they happen", SyslogNotation.Form, SyslogNotation.Read);

    private readonly Option<string?> _text = new("--sign-in-text") { Description = "What the sign-in page says above its form; \"\" for nothing" };

    public SettingsSetCommand(CliEnvironment environment)
        : base(environment, "set", "Change settings of the house; what is not named stays as it is.")
    {
        foreach (var option in (Option[])[_idle, _longest, _wrong, _factor, _days, _sessionDays, _personaVersions, _personaMinutes, _personaQuota, _placement, _syslog, _text])
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!(await cli.Client.SettingsAsync(cancellationToken)).TryGet(out var settings, out var fault))
            return cli.Report.Fail(fault);
        return cli.Report.Show(await cli.Client.SetSettingsAsync(Change(settings, parsed), cancellationToken), SettingsFacts.Of);
    }

    private HouseSettings Change(HouseSettings settings, ParseResult parsed) => settings with
    {
        SignInIdleMinutes = parsed.GetValue(_idle) ?? settings.SignInIdleMinutes,
        SignInLongestMinutes = parsed.GetValue(_longest) ?? settings.SignInLongestMinutes,
        WrongPasswords = parsed.GetValue(_wrong) ?? settings.WrongPasswords,
        SecondFactorForRoles = parsed.GetValue(_factor) ?? settings.SecondFactorForRoles,
        EventDays = parsed.GetValue(_days) ?? settings.EventDays,
        SessionDays = parsed.GetValue(_sessionDays) ?? settings.SessionDays,
        PersonaVersions = parsed.GetValue(_personaVersions) ?? settings.PersonaVersions,
        PersonaMinutes = parsed.GetValue(_personaMinutes) ?? settings.PersonaMinutes,
        PersonaQuotaMib = parsed.GetValue(_personaQuota) ?? settings.PersonaQuotaMib,
        Placement = parsed.GetValue(_placement) ?? settings.Placement,
        Syslog = parsed.GetValue(_syslog) is { } syslog ? syslog.Server : settings.Syslog,
        SignInText = parsed.GetValue(_text) is { } text ? text.Length == 0 ? null : text : settings.SignInText,
    };
}
