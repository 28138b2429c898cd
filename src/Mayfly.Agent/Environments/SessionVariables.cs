using System.Text;
using Mayfly.Agent.Attaching;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Environments;

/// <summary>Variables of a session that runs already: shells read them from a file, and what the session's manager starts gets them from there.</summary>
internal sealed class SessionVariables(IReadOnlyList<EnvironmentVariable> variables, DesktopAccount account)
{
    /// <summary>The file, which <c>/etc/profile.d</c> of an image reads.</summary>
    internal const string Path = "/run/mayfly/environment";

    /// <summary>A command line that begins with this has the variables.</summary>
    internal const string Read = $"[ ! -r {Path} ] || . {Path}; ";

    /// <summary>What the file says, in the words of the shell.</summary>
    internal string Text()
    {
        var text = new StringBuilder();
        foreach (var variable in variables)
            text.Append("export ").Append(variable.Name).Append("='").Append(variable.Value.Replace("'", @"'\''", StringComparison.Ordinal)).Append("'\n");
        return text.ToString();
    }

    /// <summary>The command that tells the session's manager.</summary>
    internal IReadOnlyList<string> ToManager() => [.. Manager(account), "set-environment", .. variables.Select(variable => $"{variable.Name}={variable.Value}")];

    /// <summary>How a command to the session's manager begins.</summary>
    internal static IReadOnlyList<string> Manager(DesktopAccount account) => [.. OfSession(account), "systemctl", "--user"];

    /// <summary>How a command begins that runs as if the session had started it.</summary>
    internal static IReadOnlyList<string> OfSession(DesktopAccount account) => account.IsPerson
        ? ["env", $"HOME={account.Home}", $"XDG_RUNTIME_DIR={account.RuntimeFolder}", $"DBUS_SESSION_BUS_ADDRESS=unix:path={account.RuntimeFolder}/bus", "DISPLAY=:0"]
        : [];
}
