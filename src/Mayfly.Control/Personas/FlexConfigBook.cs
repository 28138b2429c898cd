using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Signals;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Personas;

/// <summary>
/// Flex configs: those that come with Mayfly, one YAML file each in <c>Personas/Ready</c> whose name is that of the file, and those made in this house, which
/// take the place of one of the same name.
/// </summary>
public sealed class FlexConfigBook(HouseDatabase database, EventLog events, HouseChanges changes)
{
    private const string Suffix = ".yaml";
    private const int Most = 200;

    private static readonly Dictionary<string, KnownConfig> Ready = Names().Select(name => Parse(name[..^Suffix.Length], Text(name))).ToDictionary(known => known.Config.Name);

    /// <summary>Those that are enabled, by name.</summary>
    public async Task<IReadOnlyList<FlexConfig>> ReadAsync(CancellationToken cancellationToken) =>
        [.. (await AllAsync(cancellationToken)).Select(known => known.Config).Where(config => config.Enabled)];

    /// <summary>All, by name.</summary>
    public async Task<IReadOnlyList<FlexConfigView>> ListAsync(CancellationToken cancellationToken) => [.. (await AllAsync(cancellationToken)).Select(ToView)];

    /// <summary>Makes one or changes one. Faults: InvalidRequest.</summary>
    public async Task<Outcome<FlexConfigView>> SetAsync(string name, string? yaml, string actor, CancellationToken cancellationToken)
    {
        if (!FlexConfigFile.Read(name, yaml).TryGet(out _, out var wrong)) return wrong;
        var fault = await database.WriteAsync(async context =>
        {
            var row = await context.FlexConfigs.SingleOrDefaultAsync(c => c.Name == name, cancellationToken);
            if (row is null && await context.FlexConfigs.CountAsync(cancellationToken) >= Most) return new Fault(ErrorCode.InvalidRequest, $"A house has at most {Most} Flex configs of its own.");
            var before = row?.Yaml;
            if (row is null) context.FlexConfigs.Add(row = new FlexConfigRow { Name = name, Yaml = yaml! });
            row.Yaml = yaml!;
            events.Add(context, new HouseEvent(EventKinds.FlexConfigSet, $"The Flex config '{name}' was set.", actor) { Before = before, After = yaml });
            return (Fault?)null;
        }, cancellationToken);
        if (fault is not null) return fault;
        changes.Announce();
        return ToView(Parse(name, yaml!));
    }

    /// <summary>Removes one that was made in this house; one that comes with Mayfly is as it was again. What was saved of it stays. Faults: NotFound.</summary>
    public async Task<Outcome<Done>> RemoveAsync(string name, string actor, CancellationToken cancellationToken)
    {
        var found = await database.WriteAsync(async context =>
        {
            if (await context.FlexConfigs.SingleOrDefaultAsync(c => c.Name == name, cancellationToken) is not { } row) return false;
            context.FlexConfigs.Remove(row);
            events.Add(context, new HouseEvent(EventKinds.FlexConfigRemoved, $"The Flex config '{name}' was removed.", actor) { Before = row.Yaml });
            return true;
        }, cancellationToken);
        if (!found) return new Fault(ErrorCode.NotFound, $"This house has made no Flex config '{name}'.", null, "One that comes with Mayfly can be set to 'enabled: false'.");
        changes.Announce();
        return Done.Yes;
    }

    // Those that come with Mayfly are read but once: a logon and a log-off ask for all.
    private async Task<IEnumerable<KnownConfig>> AllAsync(CancellationToken cancellationToken)
    {
        await using var context = await database.ReadAsync(cancellationToken);
        var own = (await context.FlexConfigs.AsNoTracking().ToListAsync(cancellationToken)).ConvertAll(row => Parse(row.Name, row.Yaml));
        return own.Concat(Ready.Values).DistinctBy(known => known.Config.Name).OrderBy(known => known.Config.Name, StringComparer.Ordinal);
    }

    private static FlexConfigView ToView(KnownConfig known) => new(known.Config.Name, known.Config.DisplayName, known.Config.Enabled, OriginOf(known), known.Yaml) { Programs = known.Config.Programs };

    private static FlexConfigOrigin OriginOf(KnownConfig known) => Ready.GetValueOrDefault(known.Config.Name) switch
    {
        null => FlexConfigOrigin.Own,
        var ready when ReferenceEquals(ready, known) => FlexConfigOrigin.Ready,
        _ => FlexConfigOrigin.Changed,
    };

    // None gets here that could not be read once. One that a later Mayfly can not read is left out rather than keep everybody from their desktop.
    private static KnownConfig Parse(string name, string yaml) =>
        new(FlexConfigFile.Read(name, yaml).TryGet(out var config, out _) ? config : new FlexConfig { Name = name, DisplayName = name, Enabled = false }, yaml);

    private static IEnumerable<string> Names() => typeof(FlexConfigBook).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(Suffix, StringComparison.Ordinal));

    private static string Text(string resource)
    {
        using var reader = new StreamReader(typeof(FlexConfigBook).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    private sealed record KnownConfig(FlexConfig Config, string Yaml);
}
