using System.Globalization;

namespace Mayfly.Agent.Attaching;

/// <summary>The account the desktop belongs to.</summary>
/// <param name="Id">Its number; 0 where the guest knows no person.</param>
/// <param name="Home">Its home.</param>
/// <param name="Group">Number of its own group.</param>
internal sealed record DesktopAccount(uint Id, string Home, uint Group = 0)
{
    private const uint Person = 1000;

    /// <summary>What a command begins with to be run by the account with no more rights than it has.</summary>
    internal IReadOnlyList<string> Prefix => IsPerson
        ? ["setpriv", $"--reuid={Id}", $"--regid={Group}", "--init-groups", "--no-new-privs", "--"]
        : [];

    /// <summary>Folder of its session, as XDG_RUNTIME_DIR names it.</summary>
    internal string RuntimeFolder => $"/run/user/{Id}";

    /// <summary>True when it is somebody other than the system itself.</summary>
    internal bool IsPerson => Id == Person;

    /// <summary>Finds it: the first person, else root.</summary>
    internal static DesktopAccount Find(GuestPaths paths)
    {
        const int Number = 2, GroupNumber = 3, Home = 5, Least = 7;
        var lines = File.ReadLines(paths.In("/etc/passwd")).Select(line => line.Split(':'));
        var person = lines.FirstOrDefault(fields => fields.Length >= Least && fields[Number] == Person.ToString(CultureInfo.InvariantCulture) && fields[Home].StartsWith('/'));
        return person is null
            ? new DesktopAccount(0, "/root")
            : new DesktopAccount(Person, person[Home], uint.TryParse(person[GroupNumber], NumberStyles.None, CultureInfo.InvariantCulture, out var group) ? group : Person);
    }
}
