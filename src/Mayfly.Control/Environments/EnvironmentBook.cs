using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Environments;

/// <summary>The environments of a house. Their files may hold passwords, so they are in no event.</summary>
public sealed class EnvironmentBook(HouseDatabase database, EventLog events, HouseChanges changes)
{
    private const int Most = 200;

    /// <summary>All, by name.</summary>
    public async Task<IReadOnlyList<EnvironmentView>> ListAsync(CancellationToken cancellationToken) => [.. (await RowsAsync(cancellationToken)).Select(row => ToView(Parse(row), row.Yaml))];

    /// <summary>Makes one or changes one. Faults: InvalidRequest.</summary>
    public async Task<Outcome<EnvironmentView>> SetAsync(string name, string? yaml, string actor, CancellationToken cancellationToken)
    {
        if (!EnvironmentFile.Read(name, yaml).TryGet(out var environment, out var wrong)) return wrong;
        var fault = await database.WriteAsync(async context =>
        {
            var row = await context.Environments.SingleOrDefaultAsync(e => e.Name == name, cancellationToken);
            if (row is null && await context.Environments.CountAsync(cancellationToken) >= Most) return new Fault(ErrorCode.InvalidRequest, $"A house has at most {Most} environments.");
            if (row is null) context.Environments.Add(row = new EnvironmentRow { Name = name, Yaml = yaml! });
            row.Yaml = yaml!;
            events.Add(context, new HouseEvent(EventKinds.EnvironmentSet, $"The environment '{name}' was set.", actor));
            return (Fault?)null;
        }, cancellationToken);
        if (fault is not null) return fault;
        changes.Announce();
        return ToView(environment, yaml!);
    }

    /// <summary>Removes one; sessions that have it keep it. Faults: NotFound.</summary>
    public async Task<Outcome<Done>> RemoveAsync(string name, string actor, CancellationToken cancellationToken)
    {
        var found = await database.WriteAsync(async context =>
        {
            if (await context.Environments.SingleOrDefaultAsync(e => e.Name == name, cancellationToken) is not { } row) return false;
            context.Environments.Remove(row);
            events.Add(context, new HouseEvent(EventKinds.EnvironmentRemoved, $"The environment '{name}' was removed.", actor));
            return true;
        }, cancellationToken);
        if (!found) return NoEnvironment(name);
        changes.Announce();
        return Done.Yes;
    }

    /// <summary>All, by name, those that are not enabled too: the condition of one can be that of another.</summary>
    internal async Task<IReadOnlyList<HouseEnvironment>> ReadAsync(CancellationToken cancellationToken) => (await RowsAsync(cancellationToken)).ConvertAll(Parse);

    /// <summary>The fault of one that is not there.</summary>
    internal static Fault NoEnvironment(string name) => new(ErrorCode.NotFound, $"There is no environment '{name}'.");

    private async Task<List<EnvironmentRow>> RowsAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        return await context.Environments.AsNoTracking().OrderBy(e => e.Name).ToListAsync(cancellationToken);
    }

    private static EnvironmentView ToView(HouseEnvironment environment, string yaml) => new(environment.Name, environment.DisplayName, environment.Enabled, yaml);

    // None gets here that could not be read once. One that a later Mayfly can not read is left out rather than keep everybody from their desktop.
    private static HouseEnvironment Parse(EnvironmentRow row) =>
        EnvironmentFile.Read(row.Name, row.Yaml).TryGet(out var environment, out _) ? environment : new HouseEnvironment { Name = row.Name, DisplayName = row.Name, Enabled = false };
}
