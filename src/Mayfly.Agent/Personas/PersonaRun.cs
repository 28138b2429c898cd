using System.Diagnostics;
using Mayfly.Agent.Attaching;
using Mayfly.Agent.Native;
using Mayfly.Agent.Running;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Personas;

/// <summary>
/// Parts of a persona, one after the other, each by one run of the guest's tar under the account of the desktop: what that may not read or
/// write is neither packed nor overwritten, whatever an archive says. One that fails does not keep the others from coming.
/// </summary>
internal sealed class PersonaRun(ProgramRunner programs, DesktopAccount account, PersonaDisk disk, TimeSpan limit, Action done)
{
    private const int OutOfTime = 124;
    private const string NoRoom = "No space left on device";
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Queue<(string Name, Action Begin)> _parts = new();

    /// <summary>Archives that were written.</summary>
    internal List<PersonaSpan> Archives { get; } = [];

    /// <summary>What went wrong.</summary>
    internal List<PersonaProblem> Problems { get; } = [];

    /// <summary>Adds a part to pack.</summary>
    internal void Pack(PersonaFiles config) => _parts.Enqueue((config.Name, () => PackNow(config)));

    /// <summary>Adds an archive to unpack.</summary>
    internal void Unpack(PersonaSpan archive) => _parts.Enqueue((archive.Name, () => UnpackNow(archive)));

    /// <summary>Does the next part; calls back after the last.</summary>
    internal void Go()
    {
        if (!_parts.TryDequeue(out var part))
        {
            done();
            return;
        }
        try
        {
            part.Begin();
        }
        catch (Exception problem) when (problem is SystemCallException or IOException or UnauthorizedAccessException)
        {
            Fail(part.Name, problem.Message);
        }
    }

    private void PackNow(PersonaFiles config)
    {
        var files = new HomeFiles(account.Home).Find(config.Include);
        if (files.Count == 0)
        {
            Go();
            return;
        }
        if (files.Count > HomeFiles.Most)
        {
            Fail(config.Name, $"more than {HomeFiles.Most} files match: name their folder instead");
            return;
        }
        var start = disk.Position;
        // A file that changes while it is read is packed as it was read; tar says so with 1. Other tars say so of any failure.
        Tar(config.Name, ["-c", "-f", "-", "-C", account.Home, .. config.Exclude.Select(pattern => $"--exclude={pattern}"), "--", .. files], new ChildStreams(null, disk.Descriptor), 1, (failed, words) =>
        {
            var end = disk.Position;
            if (!failed && end > start && end < disk.Bytes)
            {
                Archives.Add(new PersonaSpan(config.Name, start, end - start));
                return;
            }
            disk.Position = start;
            if (!failed)
                Problems.Add(new PersonaProblem(config.Name, end >= disk.Bytes ? NoRoom : words));
        });
    }

    private void UnpackNow(PersonaSpan archive)
    {
        disk.Position = archive.Offset;
        Tar(archive.Name, ["-x", "-f", "-", "-C", account.Home], new ChildStreams(disk.Descriptor, null), 0, (_, _) => { });
    }

    private void Tar(string name, IReadOnlyList<string> arguments, ChildStreams streams, int mostExitCode, Action<bool, string> ended)
    {
        var left = (int)Math.Ceiling((limit - Stopwatch.GetElapsedTime(_start)).TotalSeconds);
        if (left < 1)
            Fail(name, "the time was up before its turn");
        else
            programs.Run(new ExecRequest([.. account.Prefix, "tar", .. arguments], left), result => Ended(name, result, mostExitCode, ended), reason => Fail(name, reason), streams);
    }

    private void Ended(string name, ExecResult result, int mostExitCode, Action<bool, string> ended)
    {
        var failed = result.ExitCode > mostExitCode;
        if (failed)
            Problems.Add(new PersonaProblem(name, result.ExitCode == OutOfTime ? "it took too long" : $"{result.Stderr.Trim()} (status {result.ExitCode})"));
        try
        {
            ended(failed, result.Stderr.Trim());
            Go();
        }
        catch (SystemCallException problem)
        {
            Fail(name, problem.Message);
        }
    }

    private void Fail(string name, string reason)
    {
        Problems.Add(new PersonaProblem(name, reason));
        Go();
    }
}
