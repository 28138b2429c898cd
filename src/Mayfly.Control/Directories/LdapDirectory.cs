using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Directories.Ldap;

namespace Mayfly.Control.Directories;

/// <summary>
/// Looks people up in an LDAP directory and checks their passwords there. Keeps nothing between calls; at most 16 are under way at once.
/// Every method has these faults besides its own: DirectoryUnreachable, DirectoryUntrusted, DirectoryRefused (the service account),
/// DirectoryMisconfigured, and Busy when no place becomes free in time.
/// </summary>
public sealed class LdapDirectory(TimeProvider time) : IDisposable
{
    private const int Places = 16;
    private const int LongestName = 256;
    private const int LongestPassword = 1024;
    private const int MostCounted = 1000;

    private readonly SemaphoreSlim _places = new(Places);

    /// <summary>
    /// Whose name it is, and whether the password is theirs. Faults: Unauthenticated when nobody has that name; Forbidden when the password is
    /// right and the account is disabled (Active Directory itself answers that like a wrong password).
    /// </summary>
    public async Task<Outcome<CheckedPassword>> CheckAsync(LdapSettings settings, string user, string password, CancellationToken cancellationToken)
    {
        if (user is not { Length: > 0 and <= LongestName } || password is not { Length: > 0 and <= LongestPassword }) return LdapFaults.WrongCredentials;
        return await AskAsync<CheckedPassword>(settings, async (connection, limit) =>
        {
            var found = await LdapPeople.FindAsync(connection, settings, user, limit);
            if (found.Fault is { } fault) return fault;
            // Somebody who is not there is asked for too, so that the answer takes as long and the server works as much.
            var dn = found.Value?.Dn ?? $"cn={Guid.NewGuid():N},{settings.UserBase}";
            var bound = await connection.BindAsync(dn, password, limit);
            if (bound.Code is LdapResultCode.Busy or LdapResultCode.Unavailable) return LdapFaults.ServiceAccount(connection.Server, "", bound);
            if (found.Value is null) return LdapFaults.WrongCredentials;
            if (bound.Code != LdapResultCode.Success) return LdapPeople.NameOf(found.Value, settings).TryGet(out var name, out _) ? new CheckedPassword(name, null) : LdapFaults.WrongCredentials;
            if (await LdapDoor.BindServiceAsync(connection, settings, limit) is { } refused) return refused;
            if (!(await ReadAsync(connection, settings, found.Value, limit)).TryGet(out var person, out var unreadable)) return unreadable;
            return person.Disabled ? LdapFaults.Closed(settings) : new CheckedPassword(person.UserName, person);
        }, cancellationToken);
    }

    /// <summary>The person of that name as the directory knows them now. Faults: NotFound.</summary>
    public async Task<Outcome<DirectoryPerson>> FindAsync(LdapSettings settings, string user, CancellationToken cancellationToken)
    {
        var missing = new Fault(ErrorCode.NotFound, $"The directory '{settings.Name}' knows nobody called '{ShownText.From(user)}'.");
        if (user is not { Length: > 0 and <= LongestName }) return missing;
        return await AskAsync(settings, async (connection, limit) =>
        {
            var found = await LdapPeople.FindAsync(connection, settings, user, limit);
            if (found.Fault is { } fault) return fault;
            return found.Value is null ? missing : await ReadAsync(connection, settings, found.Value, limit);
        }, cancellationToken);
    }

    /// <summary>Tries the settings: connects, signs the service account in, counts people and groups.</summary>
    public Task<Outcome<LdapTestReport>> TestAsync(LdapSettings settings, CancellationToken cancellationToken) => AskAsync<LdapTestReport>(settings, async (connection, limit) =>
    {
        var everybody = LdapPeople.FilterOf(settings).Replace(LdapPeople.Placeholder, "*", StringComparison.Ordinal);
        var people = await CountAsync(connection, settings.UserBase, everybody, limit);
        if (people.Fault is { } fault) return fault;
        var groups = settings.GroupBase is { } root ? await CountAsync(connection, root, LdapGroups.FilterOf(settings.GroupKind), limit) : (0, false);
        if (groups.Fault is { } failed) return failed;
        return new LdapTestReport(connection.Server.ToString(), connection.Encryption, people.Value.Count, people.Value.More, groups.Value.Count, groups.Value.More);
    }, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private static async Task<Outcome<(int Count, bool More)>> CountAsync(LdapConnection connection, string root, string filter, CancellationToken cancellationToken)
    {
        var search = new LdapSearch(root, filter, MostCounted, LdapSearch.NoAttributes);
        var found = await connection.SearchAsync(search, cancellationToken);
        if (found.More || found.Result.Code == LdapResultCode.Success) return (found.Entries.Count, found.More);
        return LdapFaults.Search(connection.Server, search, found.Result);
    }

    private async Task<Outcome<DirectoryPerson>> ReadAsync(LdapConnection connection, LdapSettings settings, LdapEntry entry, CancellationToken cancellationToken)
    {
        var groups = await LdapGroups.ReadAsync(connection, settings, entry, cancellationToken);
        return groups.Fault is { } fault ? fault : LdapPeople.Read(entry, settings, groups.Value, time.GetUtcNow());
    }

    private async Task<Outcome<T>> AskAsync<T>(LdapSettings settings, Func<LdapConnection, CancellationToken, Task<Outcome<T>>> question, CancellationToken cancellationToken)
    {
        if (LdapRules.Complaint(settings) is { } complaint) return complaint;
        var patience = TimeSpan.FromSeconds(settings.TimeoutSeconds);
        if (!await _places.WaitAsync(patience, cancellationToken)) return LdapFaults.Crowded(settings);
        try
        {
            var opened = await LdapDoor.OpenAsync(settings, cancellationToken);
            if (opened.Fault is { } fault) return fault;
            await using var connection = opened.Value;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(patience);
            return await AskWithinAsync(connection, question, limit.Token, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    private static async Task<Outcome<T>> AskWithinAsync<T>(
        LdapConnection connection, Func<LdapConnection, CancellationToken, Task<Outcome<T>>> question, CancellationToken limit, CancellationToken cancellationToken)
    {
        try
        {
            return await question(connection, limit);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested && LdapFaults.Of(error, connection.Server.ToString()) is not null)
        {
            return LdapFaults.Of(error, connection.Server.ToString())!;
        }
    }
}
