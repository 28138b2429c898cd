using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Directories;
using Mayfly.Control.Directories.Ldap;

namespace Mayfly.Directories.Tests;

/// <summary>What tests of LDAP directories ask.</summary>
public abstract class LdapTestBase : IDisposable
{
    protected LdapDirectory Directory { get; } = new(TimeProvider.System);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The person, or the fault Unauthenticated when the password is not theirs.</summary>
    protected async Task<Outcome<DirectoryPerson>> CheckAsync(LdapSettings settings, string user, string password)
    {
        if (!(await Directory.CheckAsync(settings, user, password, Token)).TryGet(out var answer, out var fault)) return fault;
        return answer.Person is { } person ? person : LdapFaults.WrongCredentials;
    }

    protected Task<Outcome<DirectoryPerson>> FindAsync(LdapSettings settings, string user) => Directory.FindAsync(settings, user, Token);

    protected static IEnumerable<string> NamesOf(DirectoryPerson person) => person.Groups.Select(group => group.Name).Order(StringComparer.Ordinal);
}
