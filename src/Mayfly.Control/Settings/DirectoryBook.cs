using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Directories;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Settings;

/// <summary>The directories people of this house sign in with.</summary>
public sealed class DirectoryBook(HouseDatabase database, LdapDirectory ldap, OpenIdClient openId, EventLog events, HouseChanges changes, TimeProvider time)
{
    /// <summary>All directories by name, without their secrets.</summary>
    public async Task<IReadOnlyList<DirectoryView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = await context.Directories.AsNoTracking().OrderBy(d => d.Name).ToListAsync(cancellationToken);
        var users = await context.Users.GroupBy(u => u.Source).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        return rows.ConvertAll(row => row.ToView(users.GetValueOrDefault(row.Name)));
    }

    /// <summary>What the sign-in page offers besides local users.</summary>
    public async Task<(IReadOnlyList<SignInWay> Directories, IReadOnlyList<SignInWay> Providers)> WaysAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var rows = await context.Directories.AsNoTracking().OrderBy(d => d.Name).ToListAsync(cancellationToken);
        return (
            [.. rows.Where(row => row.Ldap is not null).Select(row => new SignInWay(row.Name, row.Name))],
            [.. rows.Where(row => row.OpenId is not null).Select(row => new SignInWay(row.Name, row.OpenId!.DisplayName))]);
    }

    /// <summary>Adds a directory, or changes its settings. Faults: InvalidRequest, AlreadyExists for one of the other kind.</summary>
    public async Task<Outcome<DirectoryView>> SetAsync(string name, SetDirectoryRequest request, string actor, CancellationToken cancellationToken)
    {
        if (request.Ldap is null == (request.OpenId is null)) return new Fault(ErrorCode.InvalidRequest, "A directory is an LDAP directory or an OpenID Connect provider.", "Exactly one of the two must be given.");
        if (!NameRule.Allows(name) || name == UserRow.Local) return new Fault(ErrorCode.InvalidRequest, $"A directory's name is {NameRule.Words}, and not '{UserRow.Local}'.");
        var kind = request.Ldap is null ? DirectoryKinds.OpenId : DirectoryKinds.Ldap;
        var answer = await database.WriteAsync(async context =>
        {
            var row = await context.Directories.SingleOrDefaultAsync(d => d.Name == name, cancellationToken);
            if (row is not null && row.Kind != kind) return (Outcome<DirectoryView>)new Fault(ErrorCode.AlreadyExists, $"'{name}' is a directory of another kind.", null, "Choose another name, or remove it first.");
            var (text, complaint) = Merge(name, request, row);
            if (complaint is not null) return complaint;
            var before = row?.ToView(0);
            if (row is null) context.Directories.Add(row = new DirectoryRow { Name = name, Kind = kind, Settings = text, CreatedAt = time.GetUtcNow() });
            else row.Settings = text;
            events.Add(context, new HouseEvent(EventKinds.DirectoryChanged, $"The directory '{name}' was {(before is null ? "added" : "changed")}.", actor) { Before = before, After = row.ToView(0) });
            return row.ToView(await context.Users.CountAsync(u => u.Source == name, cancellationToken));
        }, cancellationToken);
        changes.Announce();
        return answer;
    }

    /// <summary>Removes a directory. Faults: NotFound, Busy while users or groups come from it.</summary>
    public async Task<Outcome<Done>> RemoveAsync(string name, string actor, CancellationToken cancellationToken)
    {
        var fault = await database.WriteAsync(async context =>
        {
            var row = await context.Directories.SingleOrDefaultAsync(d => d.Name == name, cancellationToken);
            if (row is null) return NoDirectory(name);
            var (users, groups) = (await context.Users.CountAsync(u => u.Source == name, cancellationToken), await context.Groups.CountAsync(g => g.Directory == name, cancellationToken));
            if (users + groups > 0) return new Fault(ErrorCode.Busy, $"{users} users and {groups} groups come from the directory '{name}'.", null, "Remove them first.");
            context.Directories.Remove(row);
            events.Add(context, new HouseEvent(EventKinds.DirectoryChanged, $"The directory '{name}' was removed.", actor) { Before = row.ToView(0) });
            return (Fault?)null;
        }, cancellationToken);
        if (fault is not null) return fault;
        changes.Announce();
        return Done.Yes;
    }

    /// <summary>Tries the settings of a directory as they are stored. Faults: NotFound, and those of directories.</summary>
    public async Task<Outcome<DirectoryTestReport>> TestAsync(string name, CancellationToken cancellationToken)
    {
        var row = await FindAsync(name, cancellationToken);
        if (row is null) return NoDirectory(name);
        if (row.Ldap is { } settings)
        {
            var tried = await ldap.TestAsync(settings, cancellationToken);
            return tried.Fault is { } fault ? fault : new DirectoryTestReport(tried.Value, null);
        }

        var asked = await openId.TestAsync(row.OpenId!, cancellationToken);
        return asked.Fault is { } refused ? refused : new DirectoryTestReport(null, asked.Value);
    }

    /// <summary>One directory, or null.</summary>
    public async Task<DirectoryRow?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Directories.AsNoTracking().SingleOrDefaultAsync(d => d.Name == name, cancellationToken);
    }

    internal static Fault NoDirectory(string name) => new(ErrorCode.NotFound, $"There is no directory '{name}'.");

    /// <summary>The settings to store: those asked for, under the name in the address, with the secret there is when none is given.</summary>
    private static (string Text, Fault? Complaint) Merge(string name, SetDirectoryRequest request, DirectoryRow? row)
    {
        if (request.Ldap is { } ldap)
        {
            var merged = ldap with { Name = name, BindPassword = ldap.BindPassword ?? row?.Ldap?.BindPassword };
            return (JsonColumn.Text(merged), LdapRules.Complaint(merged));
        }

        var provider = request.OpenId! with { Name = name, ClientSecret = request.OpenId!.ClientSecret ?? row?.OpenId?.ClientSecret };
        return (JsonColumn.Text(provider), OpenIdRules.Complaint(provider));
    }
}
