using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Control.Directories.Ldap;

/// <summary>Gets a connection on which the service account has signed in, from the first server that gives one.</summary>
internal static class LdapDoor
{
    /// <summary>
    /// Tries the servers in order. One that is silent or cannot prove who it is gives way to the next; one that refuses the service
    /// account does not, since the same wrong password at every server would lock the account.
    /// </summary>
    public static async Task<Outcome<LdapConnection>> OpenAsync(LdapSettings settings, CancellationToken cancellationToken)
    {
        Fault? first = null;
        foreach (var server in settings.Servers.Select(text => LdapServer.Parse(text, settings.Security)!))
        {
            var attempt = await TryAsync(server, settings, cancellationToken);
            if (attempt.Fault is not { Code: ErrorCode.DirectoryUnreachable or ErrorCode.DirectoryUntrusted } fault) return attempt;
            // Of several reasons the one that nobody mends by waiting is told.
            if (first is null || (first.Code == ErrorCode.DirectoryUnreachable && fault.Code == ErrorCode.DirectoryUntrusted)) first = fault;
        }

        return first!;
    }

    /// <summary>Signs the service account in. Without one the connection stays anonymous.</summary>
    public static async Task<Fault?> BindServiceAsync(LdapConnection connection, LdapSettings settings, CancellationToken cancellationToken)
    {
        if (settings.BindDn is null) return null;
        var result = await connection.BindAsync(settings.BindDn, settings.BindPassword!, cancellationToken);
        return result.Code == LdapResultCode.Success ? null : LdapFaults.ServiceAccount(connection.Server, settings.BindDn, result);
    }

    private static async Task<Outcome<LdapConnection>> TryAsync(LdapServer server, LdapSettings settings, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(settings.TimeoutSeconds));
        LdapConnection? connection = null;
        try
        {
            var opened = await LdapConnection.OpenAsync(server, settings.CaCertificate, settings.TimeoutSeconds, limit.Token);
            if (opened.Fault is not null) return opened;
            connection = opened.Value;
            if (await BindServiceAsync(connection, settings, limit.Token) is not { } refused) return connection;
            await connection.DisposeAsync();
            return refused;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested && LdapFaults.Of(error, server.ToString()) is not null)
        {
            if (connection is not null) await connection.DisposeAsync();
            return LdapFaults.Of(error, server.ToString())!;
        }
    }
}
