using System.Collections.Concurrent;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Engine;

namespace Mayfly.TestKit;

/// <summary>Archives in memory, of what a test says that machines hold.</summary>
public sealed class FakePersonaLibrary : IPersonaLibrary
{
    private readonly ConcurrentDictionary<string, PersonaArchive> _archives = new();
    private int _last;

    /// <summary>What is in each machine's home: Flex config, and what its archive would be.</summary>
    public ConcurrentDictionary<string, Dictionary<string, (string Content, long Bytes)>> Homes { get; } = new();

    /// <summary>What each archive holds, by id.</summary>
    public ConcurrentDictionary<string, string> Contents { get; } = new();

    /// <summary>Awaited before anything is done, with "save" or "load" and the machine's id; fail or hang here.</summary>
    public Func<string, string, Task<Fault?>> OnWork { get; set; } = (_, _) => Task.FromResult<Fault?>(null);

    /// <summary>Flex configs that fail, by whether they are saved or loaded.</summary>
    public ConcurrentDictionary<(string What, string Config), Fault> Faults { get; } = new();

    /// <inheritdoc/>
    public async Task<Outcome<SavedPersona>> SaveAsync(string machineId, IReadOnlyList<PersonaFiles> configs, int quotaMib, bool last, CancellationToken cancellationToken)
    {
        if (await OnWork("save", machineId) is { } fault) return fault;
        var home = Homes.GetValueOrDefault(machineId) ?? [];
        var names = configs.Select(config => config.Name).Where(home.ContainsKey).ToList();
        var faults = names.Where(name => Faults.ContainsKey(("save", name))).ToDictionary(name => name, name => Faults[("save", name)]);
        return new SavedPersona([.. names.Except(faults.Keys).Select(name => Keep(name, home[name].Content, home[name].Bytes))], faults);
    }

    /// <inheritdoc/>
    public async Task<Outcome<LoadedPersona>> LoadAsync(string machineId, IReadOnlyList<PersonaArchive> archives, CancellationToken cancellationToken)
    {
        if (await OnWork("load", machineId) is { } fault) return fault;
        var faults = archives.Where(archive => Faults.ContainsKey(("load", archive.Config))).ToDictionary(archive => archive.Config, archive => Faults[("load", archive.Config)]);
        var home = Homes.GetValueOrDefault(machineId)?.ToDictionary() ?? [];
        foreach (var of in archives.Where(archive => !faults.ContainsKey(archive.Config)).GroupBy(archive => archive.Config))
            home[of.Key] = (string.Join(", then ", of.Select(archive => Contents[archive.Id])), of.Last().Bytes);
        Homes[machineId] = home;
        return new LoadedPersona(faults);
    }

    /// <inheritdoc/>
    public Task<Outcome<PersonaArchive>> CopyAsync(PersonaArchive archive, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<PersonaArchive>>(Keep(archive.Config, Contents[archive.Id], archive.Bytes) with { Sha256 = archive.Sha256 });

    /// <inheritdoc/>
    public IReadOnlyList<string> List() => [.. _archives.Keys];

    /// <inheritdoc/>
    public void Remove(string archiveId)
    {
        _archives.TryRemove(archiveId, out _);
        Contents.TryRemove(archiveId, out _);
    }

    /// <summary>Adds an archive as if it had been saved, with nothing written down of it.</summary>
    public PersonaArchive Keep(string config, string content, long bytes)
    {
        var archive = new PersonaArchive($"a{Interlocked.Increment(ref _last)}", config, bytes, bytes / 2, content);
        Contents[archive.Id] = content;
        return _archives[archive.Id] = archive;
    }
}
