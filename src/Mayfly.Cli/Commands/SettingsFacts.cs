using Mayfly.Cli.Notation;
using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How the settings of the house are shown.</summary>
internal static class SettingsFacts
{
    public static Grid Of(HouseSettings settings) => TextTable.Facts(
        ("Sign-in ends", $"after {settings.SignInIdleMinutes} minutes without use, {settings.SignInLongestMinutes} minutes in any case"),
        ("Sign-in paused", $"after {settings.WrongPasswords} wrong passwords in a row"),
        ("Second factor", settings.SecondFactorForRoles ? "due for everybody with a role" : "as each likes"),
        ("Events kept", $"{settings.EventDays} days"),
        ("Ended sessions kept", $"{settings.SessionDays} days"),
        ("Settings of users", $"saved every {settings.PersonaMinutes} min, earlier versions of {settings.PersonaVersions} days, {settings.PersonaQuotaMib} MiB each"),
        ("Machines are made", settings.Placement == PlacementRule.Pack ? "where least memory is free and they fit" : "where most memory is free"),
        ("Syslog", SyslogNotation.Write(settings.Syslog)),
        ("Sign-in page says", settings.SignInText));
}
