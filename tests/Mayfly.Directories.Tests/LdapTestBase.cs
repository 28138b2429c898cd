using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Directories;

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

    protected Task<Outcome<DirectoryPerson>> CheckAsync(LdapSettings settings, string user, string password) => Directory.CheckAsync(settings, user, password, Token);

    protected Task<Outcome<DirectoryPerson>> FindAsync(LdapSettings settings, string user) => Directory.FindAsync(settings, user, Token);

    protected static IEnumerable<string> NamesOf(DirectoryPerson person) => person.Groups.Select(group => group.Name).Order(StringComparer.Ordinal);
}
