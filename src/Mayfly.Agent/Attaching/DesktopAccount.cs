using System.Globalization;

namespace Mayfly.Agent.Attaching;

/// <summary>The account the desktop belongs to.</summary>
/// <param name="Id">Its number; 0 where the guest knows no person.</param>
/// <param name="Home">Its home.</param>
internal sealed record DesktopAccount(uint Id, string Home)
{
    private const uint Person = 1000;

    /// <summary>True when it is somebody other than the system itself.</summary>
    internal bool IsPerson => Id == Person;

    /// <summary>Finds it: the first person, else root.</summary>
    internal static DesktopAccount Find(GuestPaths paths)
    {
        const int Number = 2, Home = 5, Least = 7;
        var lines = File.ReadLines(paths.In("/etc/passwd")).Select(line => line.Split(':'));
        var person = lines.FirstOrDefault(fields => fields.Length >= Least && fields[Number] == Person.ToString(CultureInfo.InvariantCulture) && fields[Home].StartsWith('/'));
        return person is null ? new DesktopAccount(0, "/root") : new DesktopAccount(Person, person[Home]);
    }
}
