using Mayfly.Contracts.Api;

namespace Mayfly.Control.Tests.Personas;

/// <summary>What tests of personas have in common: homes of which each part is a word.</summary>
public abstract class PersonaTestBase : HouseTestBase
{
    /// <summary>Opens a desktop, has this in its home, and logs off.</summary>
    internal async Task UseAsync(House house, string user, params (string Config, string Content, long Bytes)[] home)
    {
        var session = await house.OpenAsync(user);
        Has(session, home);
        await house.LogOffAsync(session);
    }

    /// <summary>Puts this into the home of a session's machine, in place of what was there.</summary>
    protected void Has(SessionView session, params (string Config, string Content, long Bytes)[] home) =>
        Personas.Homes[Id(session)] = home.ToDictionary(part => part.Config, part => (part.Content, part.Bytes));

    /// <summary>What is in that home.</summary>
    protected List<string> Home(SessionView session) => [.. Personas.Homes[Id(session)].Select(part => $"{part.Key}: {part.Value.Content}").Order(StringComparer.Ordinal)];

    /// <summary>The session's machine.</summary>
    protected string Id(SessionView session) => Host.Machines.Single(machine => machine.Hostname == session.Machine).MachineId;
}
