using Mayfly.Agent.Dconf;
using Mayfly.Agent.Native;
using Mayfly.Agent.Running;
using Mayfly.Agent.Xfconf;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Personas;

/// <summary>Packs parts of a persona.</summary>
/// <param name="programs">Runs what is to be run.</param>
/// <param name="disk">What is written to.</param>
/// <param name="changes">Since when a part counts: what was not changed is not packed; null packs all.</param>
/// <param name="done">Called after the last part.</param>
internal sealed class PersonaPacking(AccountPrograms programs, PersonaDisk disk, Func<string, HomeChanges?> changes, Action done) : PersonaRun(programs, disk, done)
{
    private const int MostTries = 3;
    private const string NoRoom = "No space left on device: it is more than a persona may take";
    private const string Shrunk = "File shrank";

    // A file that changes while it is read is packed as it was read; tar says so with 1. Other tars say so of any failure.
    private const int MostPackStatus = 1;

    private readonly List<FoundPart> _found = [];

    /// <summary>Archives that were written.</summary>
    internal List<PersonaSpan> Archives { get; } = [];

    /// <summary>Adds parts to pack, after what is set in the running desktop has been written to the home.</summary>
    /// <param name="configs">The parts.</param>
    /// <param name="before">Done between the two, or null; it gets what to call at its end.</param>
    internal void Pack(IReadOnlyList<PersonaFiles> configs, Action<Action>? before = null)
    {
        Add("", () => WriteSettings(configs.Select(config => new PersonaSettings(config.Name, config.Xfconf ?? []) { Dconf = config.Dconf })));
        if (before is not null)
            Add("", () => before(Go));
        foreach (var config in configs)
            Add(config.Name, () => Find(config));
        Add("", PackFound);
    }

    private void Find(PersonaFiles config)
    {
        // Without what is set in the desktop it would not be whole.
        if (Problems.Exists(problem => problem.Name == config.Name))
        {
            Go();
            return;
        }
        var files = new HomeFiles(Home).Find([.. config.Include, .. (config.Xfconf ?? []).Concat((config.Dconf ?? []).Select(ProgramSettings.NameOf).OfType<string>()).Select(SettingsFolder.PathInHome)]);
        if (files is null)
        {
            Fail(config.Name, $"more than {HomeFiles.Most} files match, or too many are to be looked at: name their folder instead");
            return;
        }
        if (files.Count > 0 && changes(config.Name)?.Touch(Home, files) != false)
            _found.Add(new FoundPart(config.Name, InHome(["-c", .. config.Exclude.Select(pattern => $"--exclude={pattern}"), "--", .. files])));
        Go();
    }

    private void PackFound()
    {
        var script = new PackScript(Options);
        foreach (var part in _found)
            script.Add(part.Tar);
        if (_found.Count > 1 && !script.IsTooLong)
        {
            PackAll(script);
            return;
        }
        AddEach(_found);
        Go();
    }

    private void PackAll(PackScript script)
    {
        var start = Disk.Position;
        var input = SystemFile.Hold("script", script.Text);
        RunForAll(["sh"], new ChildStreams(input, Disk.Descriptor), (failure, words) =>
        {
            _ = Libc.Close(input);
            var left = TakePacked(script.Read(words), start);
            // What took all the time must not take that of the others once more.
            AddEach(failure is null || left.Count == 0 ? left : [.. left.Skip(1), left[0]]);
            Go();
        });
    }

    /// <summary>Takes the archives of parts up to the first that was not packed well, and gives those parts that are to be packed again: from there, so that no room is lost.</summary>
    private List<FoundPart> TakePacked(IReadOnlyList<PackedPart> packed, long start)
    {
        var taken = 0;
        while (taken < packed.Count && Take(_found[taken].Name, start, packed[taken]))
            start = packed[taken++].End;
        Disk.Position = start;
        return _found[taken..];
    }

    private void AddEach(IEnumerable<FoundPart> found)
    {
        foreach (var part in found)
            Add(part.Name, () => PackNow(part));
    }

    private void PackNow(FoundPart part, int tries = MostTries)
    {
        var start = Disk.Position;
        Tar(part.Name, part.Tar, new ChildStreams(null, Disk.Descriptor), MostPackStatus, (failure, words) =>
        {
            var end = Disk.Position;
            if (failure is null && Take(part.Name, start, new PackedPart(0, end, words)))
            {
                Go();
                return;
            }
            Disk.Position = start;
            if (words.Contains(Shrunk, StringComparison.Ordinal) && tries > 1)
                PackNow(part, tries - 1);
            else
                Fail(part.Name, end >= Disk.Bytes ? NoRoom : failure ?? words);
        });
    }

    /// <summary>Takes an archive, if it is good. Of a file that became shorter tar makes up the end, of zeroes: that is not its user's.</summary>
    private bool Take(string name, long start, PackedPart packed)
    {
        if (packed.Status > MostPackStatus || packed.Words.Contains(Shrunk, StringComparison.Ordinal) || packed.End <= start || packed.End >= Disk.Bytes)
            return false;
        Archives.Add(new PersonaSpan(name, start, packed.End - start));
        if (packed.Words.Length > 0)
            Tell(name, packed.Words);
        return true;
    }

    /// <param name="Name">Name of its Flex config.</param>
    /// <param name="Tar">What tar is given to pack it.</param>
    private sealed record FoundPart(string Name, IReadOnlyList<string> Tar);
}
