using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Users;

/// <summary>The users of the house.</summary>
public sealed class UserDirectory(HouseDatabase database, UserReader reader, SignIns signIns, IPersonaLibrary personas, Lifetimes lifetimes, EventLog events, HouseChanges changes, TimeProvider time)
{
    /// <summary>Name of the administrator who sits at the host itself. No user can have it.</summary>
    public const string LocalName = "local";

    private const int LongestDisplayName = 100;

    /// <summary>Users by name.</summary>
    /// <param name="search">Part of a name or display name, or null for all.</param>
    /// <param name="after">Last name already seen, or null.</param>
    /// <param name="limit">Most users to return.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Page<UserView>> ListAsync(string? search, string? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var pattern = LikePattern.Containing((search ?? "").Trim());
        var found = string.IsNullOrWhiteSpace(search)
            ? context.Users
            : context.Users.Where(u => LikePattern.Finds(pattern, u.Name) || LikePattern.Finds(pattern, u.DisplayName));
        var total = await found.CountAsync(cancellationToken);
        var page = (after is null ? found : found.Where(u => string.Compare(u.Name, after) > 0)).OrderBy(u => u.Name).Take(limit + 1);
        var views = await reader.ViewsAsync(context, page, cancellationToken);
        return new Page<UserView>([.. views.Take(limit)], views.Count > limit ? views[limit - 1].Name : null, total);
    }

    /// <summary>One user. Faults: NotFound.</summary>
    public async Task<Outcome<UserView>> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var views = await reader.ViewsAsync(context, context.Users.Where(u => u.Name == name), cancellationToken);
        return views.Count == 0 ? NoUser(name) : views[0];
    }

    /// <summary>Adds a local user. Faults: InvalidRequest, AlreadyExists.</summary>
    public async Task<Outcome<UserAdded>> AddAsync(AddUserRequest request, string actor, CancellationToken cancellationToken)
    {
        if (Complaint(request) is { } complaint) return complaint;
        var generated = request.Password is null ? Secrets.MakePassword() : null;
        var row = new UserRow
        {
            Name = request.Name,
            DisplayName = string.IsNullOrWhiteSpace(request.DisplayName) ? request.Name : request.DisplayName.Trim(),
            PasswordHash = Passwords.Hash(request.Name, request.Password ?? generated!),
            CreatedAt = time.GetUtcNow(),
        };
        var view = new UserView(row.Name, row.DisplayName, request.Administrator);
        var added = await database.WriteAsync(async context =>
        {
            if (await context.Users.AnyAsync(u => u.Name == row.Name, cancellationToken)) return false;
            context.Users.Add(row);
            if (request.Administrator) context.RoleGrants.Add(new RoleGrantRow { Id = Secrets.MakeId(), Role = Role.Administrator, User = row.Name });
            var role = request.Administrator ? "administrator" : "user";
            events.Add(context, new HouseEvent(EventKinds.UserAdded, $"The {role} '{row.Name}' was added.", actor) { User = row.Name, After = view });
            return true;
        }, cancellationToken);
        if (!added) return new Fault(ErrorCode.AlreadyExists, $"There is a user '{row.Name}' already.", null, "Choose another name.");
        changes.Announce();
        return new UserAdded(view, generated);
    }

    /// <summary>Changes a user. One that is disabled loses sign-ins and open displays at once. Faults: NotFound, InvalidRequest.</summary>
    public async Task<Outcome<UserView>> ChangeAsync(string name, ChangeUserRequest request, string actor, CancellationToken cancellationToken)
    {
        if (request.DisplayName is { } shown && (string.IsNullOrWhiteSpace(shown) || shown.Length > LongestDisplayName))
            return new Fault(ErrorCode.InvalidRequest, $"A display name has 1 to {LongestDisplayName} characters.");
        if (request.Enabled == false && name == actor) return new Fault(ErrorCode.InvalidRequest, "You can not disable yourself.", null, "Ask another administrator.");
        var found = await database.WriteAsync(async context =>
        {
            var row = await context.Users.SingleOrDefaultAsync(u => u.Name == name, cancellationToken);
            if (row is null) return false;
            var before = new { row.DisplayName, row.Enabled };
            (row.DisplayName, row.Enabled) = (request.DisplayName?.Trim() ?? row.DisplayName, request.Enabled ?? row.Enabled);
            var after = new { row.DisplayName, row.Enabled };
            if (before == after) return true;
            var what = before.Enabled == after.Enabled ? "was changed" : after.Enabled ? "may sign in again" : "may not sign in any more";
            events.Add(context, new HouseEvent(EventKinds.UserChanged, $"'{name}' {what}.", actor) { User = name, Before = before, After = after });
            return true;
        }, cancellationToken);
        if (!found) return NoUser(name);
        if (request.Enabled == false) await signIns.EndAllAsync(name, null, cancellationToken);
        if (request.Enabled == false) lifetimes.End(Lifetimes.User(name));
        changes.Announce();
        return await FindAsync(name, cancellationToken);
    }

    /// <summary>Removes a user with roles, entitlements and tokens. Faults: NotFound, Busy while machines are lent to them or theirs.</summary>
    public async Task<Outcome<Done>> RemoveAsync(string name, string actor, CancellationToken cancellationToken)
    {
        if (name == actor) return new Fault(ErrorCode.InvalidRequest, "You can not remove yourself.", null, "Ask another administrator.");
        // First, so that nobody opens a desktop between the look and the removal.
        var disabled = await ChangeAsync(name, new ChangeUserRequest(Enabled: false), actor, cancellationToken);
        if (disabled.Fault is { } unknown) return unknown;
        List<string> archives = [];
        var fault = await database.WriteAsync<Fault?>(async context =>
        {
            var held = await context.Machines.Where(m => m.User == name || m.Owner == name || m.UsedBy == name).Select(m => m.Name).OrderBy(n => n).Take(3).ToListAsync(cancellationToken);
            if (held.Count > 0)
                return new Fault(ErrorCode.Busy, $"'{name}' still has machines: {string.Join(", ", held)}.", "The user can not sign in any more.", "Log the sessions off and take owned machines back, then remove the user.");
            archives = await context.PersonaArchives.Where(a => a.User == name).Select(a => a.Id).ToListAsync(cancellationToken);
            await context.Users.Where(u => u.Name == name).ExecuteDeleteAsync(cancellationToken);
            await KeepVolumesAsync(context, name, actor, cancellationToken);
            events.Add(context, new HouseEvent(EventKinds.UserRemoved, $"'{name}' was removed.", actor) { User = name, Before = disabled.Value });
            return null;
        }, cancellationToken);
        if (fault is not null) return fault;
        // After the rows, which went with their user: what is written down is there.
        archives.ForEach(personas.Remove);
        changes.Announce();
        return Done.Yes;
    }

    /// <summary>What somebody has kept is lost to nobody, and falls to no later user of the same name: it stays, disabled, until an administrator moves or removes it.</summary>
    private async Task KeepVolumesAsync(MayflyDbContext context, string name, string actor, CancellationToken cancellationToken)
    {
        foreach (var volume in await context.Volumes.Where(v => v.User == name).ToListAsync(cancellationToken))
        {
            volume.Enabled = false;
            events.Add(context, new HouseEvent(EventKinds.VolumeLeft, $"The volume of '{name}' for {volume.Os} stays, disabled, until it is moved or removed.", actor, Level: "warning") { User = name });
        }
    }

    internal static Fault NoUser(string name) => new(ErrorCode.NotFound, $"There is no user '{name}'.");

    private static Fault? Complaint(AddUserRequest request)
    {
        var complaints = new List<string>();
        if (!NameRule.Allows(request.Name)) complaints.Add($"A name is {NameRule.Words}.");
        if (request.Name == LocalName) complaints.Add($"The name '{LocalName}' stands for the administrator at the host itself.");
        if (request.DisplayName is { Length: > LongestDisplayName }) complaints.Add($"A display name has at most {LongestDisplayName} characters.");
        if (request.Password is not null && Passwords.Complaint(request.Password) is { } weak) complaints.Add(weak);
        return complaints.Count == 0 ? null : new Fault(ErrorCode.InvalidRequest, "The user cannot be added.", string.Join(' ', complaints));
    }
}
