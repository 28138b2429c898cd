using Mayfly.Agent.Dconf;
using Mayfly.Agent.Native;
using Mayfly.Agent.Running;
using Mayfly.Agent.Xfconf;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Personas;

/// <summary>
/// Parts of a persona, one after the other, each by one run of the guest's tar under the account of the desktop: what that may not read or
/// write is neither packed nor overwritten, whatever an archive says. One that fails does not keep the others from coming.
/// </summary>
/// <param name="programs">Runs what is to be run.</param>
/// <param name="disk">What is written to or read from.</param>
/// <param name="changes">Since when a part counts: what was not changed is not packed; null packs all.</param>
/// <param name="done">Called after the last part.</param>
internal sealed class PersonaRun(AccountPrograms programs, PersonaDisk disk, Func<string, HomeChanges?> changes, Action done)
{
    private const int SectorBytes = 512;
    private const int MostTries = 3;
    private const int MostLetters = 300;
    private const string NoRoom = "No space left on device: it is more than a persona may take";
    private const string Shrunk = "File shrank";

    // For GNU tar; another does not know of it. A file with holes takes no more than what is in it, what is mounted in the home stays where it is, and one
    // that may not be read, of which tar tells, keeps none of the others out.
    private const string Options = "--sparse --one-file-system --ignore-failed-read --warning=no-file-changed --warning=no-file-removed --warning=no-file-ignored --warning=no-xdev";

    private readonly string _home = programs.Account.Home;
    private readonly Queue<(string Name, Action Begin)> _parts = new();

    /// <summary>Archives that were written.</summary>
    internal List<PersonaSpan> Archives { get; } = [];

    /// <summary>What went wrong.</summary>
    internal List<PersonaProblem> Problems { get; } = [];

    /// <summary>Adds parts to pack, after what is set in the running desktop has been written to the home.</summary>
    /// <param name="configs">The parts.</param>
    /// <param name="before">Done between the two, or null; it gets what to call at its end.</param>
    internal void Pack(IReadOnlyList<PersonaFiles> configs, Action<Action>? before = null)
    {
        _parts.Enqueue(("", () => WriteSettings(configs)));
        if (before is not null)
            _parts.Enqueue(("", () => before(Go)));
        foreach (var config in configs)
            _parts.Enqueue((config.Name, () => PackNow(config)));
    }

    /// <summary>Adds archives to unpack.</summary>
    internal void Unpack(IReadOnlyList<PersonaSpan> archives)
    {
        if (archives.Count > 1 && AreAllOfTheDisk(archives))
            _parts.Enqueue(("", () => UnpackAll(archives)));
        else
            AddEach(archives);
    }

    /// <summary>Does the next part; calls back after the last.</summary>
    internal void Go()
    {
        if (!_parts.TryDequeue(out var part))
        {
            done();
            return;
        }
        programs.OthersWait = _parts.Count > 0;
        try
        {
            part.Begin();
        }
        catch (Exception problem) when (problem is SystemCallException or IOException or UnauthorizedAccessException)
        {
            Fail(part.Name, problem.Message);
        }
    }

    private void WriteSettings(IReadOnlyList<PersonaFiles> configs) =>
        new LiveSettings(programs).Run(SettingsProgram.Save, configs.Select(config => new PersonaSettings(config.Name, config.Xfconf ?? []) { Dconf = config.Dconf }), problems =>
        {
            Problems.AddRange(problems);
            Go();
        });

    private void PackNow(PersonaFiles config)
    {
        // Without what is set in the desktop it would not be whole.
        if (Problems.Exists(problem => problem.Name == config.Name))
        {
            Go();
            return;
        }
        var files = new HomeFiles(_home).Find([.. config.Include, .. (config.Xfconf ?? []).Concat((config.Dconf ?? []).Select(ProgramSettings.NameOf).OfType<string>()).Select(SettingsFolder.PathInHome)]);
        if (files is null)
            Fail(config.Name, $"more than {HomeFiles.Most} files match, or too many are to be looked at: name their folder instead");
        else if (files.Count == 0 || changes(config.Name)?.Touch(_home, files) == false)
            Go();
        else
            PackNow(config, files);
    }

    private void PackNow(PersonaFiles config, IReadOnlyList<string> files, int tries = MostTries)
    {
        var start = disk.Position;
        // A file that changes while it is read is packed as it was read; tar says so with 1. Other tars say so of any failure.
        Tar(config.Name, ["-c", .. config.Exclude.Select(pattern => $"--exclude={pattern}"), "--", .. files], new ChildStreams(null, disk.Descriptor), 1, (failure, words) =>
        {
            var end = disk.Position;
            // Of a file that became shorter tar makes up the end, of zeroes: that is not its user's.
            var isShrunk = words.Contains(Shrunk, StringComparison.Ordinal);
            if (failure is null && !isShrunk && end > start && end < disk.Bytes)
            {
                Archives.Add(new PersonaSpan(config.Name, start, end - start));
                if (words.Length > 0)
                    Tell(config.Name, words);
                Go();
                return;
            }
            disk.Position = start;
            if (isShrunk && tries > 1)
                PackNow(config, files, tries - 1);
            else
                Fail(config.Name, end >= disk.Bytes ? NoRoom : failure ?? words);
        });
    }

    private bool AreAllOfTheDisk(IReadOnlyList<PersonaSpan> archives)
    {
        var next = 0L;
        foreach (var archive in archives)
        {
            if (archive.Offset != next)
                return false;
            next = (archive.Offset + archive.Bytes + SectorBytes - 1) / SectorBytes * SectorBytes;
        }
        return next == disk.Bytes;
    }

    // Starting tar takes longer than what it does to most archives: one reads them all. Who was to blame when it fails, one for each tells.
    private void UnpackAll(IReadOnlyList<PersonaSpan> archives)
    {
        disk.Position = 0;
        programs.OthersWait = true;
        Tar("", ["-x", "-i"], new ChildStreams(disk.Descriptor, null), 0, (failure, _) =>
        {
            if (failure is not null)
                AddEach(archives);
            Go();
        });
    }

    private void AddEach(IReadOnlyList<PersonaSpan> archives)
    {
        foreach (var archive in archives)
            _parts.Enqueue((archive.Name, () => UnpackNow(archive)));
    }

    private void UnpackNow(PersonaSpan archive)
    {
        disk.Position = archive.Offset;
        Tar(archive.Name, ["-x"], new ChildStreams(disk.Descriptor, null), 0, (failure, _) =>
        {
            if (failure is not null)
                Tell(archive.Name, failure);
            Go();
        });
    }

    private void Tar(string name, IReadOnlyList<string> arguments, ChildStreams streams, int mostExitCode, Action<string?, string> ended) =>
        programs.Run(["env", $"TAR_OPTIONS={Options}", "tar", "-f", "-", "-C", _home, .. arguments], streams, mostExitCode, (failure, words) =>
        {
            try
            {
                ended(failure, words);
            }
            catch (SystemCallException problem)
            {
                Fail(name, problem.Message);
            }
        });

    private void Tell(string name, string reason)
    {
        var lines = reason.Split('\n');
        // A path can be long, and what went wrong with it stands at the end.
        var first = lines[0].Length > MostLetters ? $"…{lines[0][^MostLetters..]}" : lines[0];
        Problems.Add(new PersonaProblem(name, lines.Length > 1 ? $"{first} (and {lines.Length - 1} more)" : first));
    }

    private void Fail(string name, string reason)
    {
        Tell(name, reason);
        Go();
    }
}
