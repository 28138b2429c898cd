using System.Diagnostics;
using Mayfly.Agent.Attaching;
using Mayfly.Agent.Channel;
using Mayfly.Agent.Dconf;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using Mayfly.Agent.Running;
using Mayfly.Agent.Xfconf;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Personas;

/// <summary>Packs what is a user's own in their home onto a disk of the host, and unpacks it from one.</summary>
internal sealed class PersonaDesk(EventLoop loop, ProgramRunner programs, GuestPaths paths, ProgramDesk starts)
{
    private const int Most = 256;
    private const int MostSeconds = 600;
    private const int NoteSeconds = 30;
    private const int MostEndSeconds = 60;
    private HomeChanges? _changes;
    private UserPrograms? _programs;

    /// <summary>Writes down what is set in the desktop before anybody has used it; calls back in any case. A guest without a desktop runs a program all the same: starting the first takes longest.</summary>
    internal void NoteSettings(Action done)
    {
        var account = DesktopAccount.Find(paths);
        IReadOnlyList<string> command = account.IsPerson ? [.. account.Prefix, Environment.ProcessPath!, SettingsProgram.Argument, SettingsProgram.Note, account.RuntimeFolder, account.Home] : ["true"];
        programs.Run(new ExecRequest(command, NoteSeconds), Noted, Untold);

        void Noted(ExecResult result)
        {
            if (result.ExitCode != 0)
                Diagnostics.Say($"what is set in the desktop is not known: {result.Stderr.Trim()} (status {result.ExitCode})");
            done();
        }

        void Untold(string reason)
        {
            Diagnostics.Say($"what is set in the desktop is not known: {reason}");
            done();
        }
    }

    /// <summary>Answers <see cref="AgentVerbs.PersonaSave"/>.</summary>
    internal void Save(PersonaSaveRequest request, Reply reply)
    {
        if (Objection(request.Configs, request.TimeoutSeconds) is { } objection)
            reply.Fail(objection);
        else if (!request.Configs.All(IsProper) || request.EndSeconds is < 0 or > MostEndSeconds)
            reply.Fail("a part of the persona is malformed");
        else
            WithDisk(request.Serial, request.TimeoutSeconds, reply, (node, left) => Save(node, request with { TimeoutSeconds = left }, reply));
    }

    /// <summary>Answers <see cref="AgentVerbs.PersonaLoad"/>.</summary>
    internal void Load(PersonaLoadRequest request, Reply reply)
    {
        if (Objection(request.Archives, request.TimeoutSeconds) is { } objection)
            reply.Fail(objection);
        else if (!request.Archives.All(archive => archive is { Name: not null, Offset: >= 0, Bytes: > 0 }))
            reply.Fail("an archive of the persona is malformed");
        else
            WithDisk(request.Serial, request.TimeoutSeconds, reply, (node, left) => Load(node, request with { TimeoutSeconds = left }, reply));
    }

    /// <summary>Answers <see cref="AgentVerbs.PersonaSet"/>.</summary>
    internal void Set(PersonaSetRequest request, Reply reply)
    {
        if (Objection(request.Parts, request.TimeoutSeconds) is { } objection)
            reply.Fail(objection);
        else if (!request.Parts.All(part => part is { Name: not null, Xfconf: not null } && IsProper(part.Xfconf, part.Dconf)))
            reply.Fail("a part of the persona is malformed");
        else
            new LiveSettings(Programs(request.TimeoutSeconds)).Run(SettingsProgram.Load, request.Parts, problems =>
            {
                // What was changed since the logon counts as its user's, also when something is brought once more.
                if (!request.More && !starts.IsWatching)
                    BeginSession();
                reply.Send(new PersonaLoadReport([.. problems]), AgentJson.Default.PersonaLoadReport);
            });
    }

    /// <summary>Nobody has had a session here yet.</summary>
    internal void Forget() => (_changes, _programs) = (null, null);

    private void BeginSession()
    {
        _changes ??= new HomeChanges();
        _programs ??= DesktopAccount.Find(paths) is { IsPerson: true } account ? new UserPrograms(account.Id) : null;
    }

    /// <summary>Packs onto a disk whose node is known.</summary>
    internal void Save(string node, PersonaSaveRequest request, Reply reply)
    {
        var disk = PersonaDisk.Open(node, write: true);
        PersonaPacking run = null!;
        run = new PersonaPacking(Programs(request.TimeoutSeconds), disk, part => starts.ChangesOf(part) ?? _changes, Ending(disk, reply, () =>
        {
            disk.Flush();
            reply.Send(new PersonaSaveReport(run.Archives, run.Problems), AgentJson.Default.PersonaSaveReport);
        }));
        run.Pack(request.Configs, request.EndSeconds > 0 && _programs is { } started ? then => started.End(loop, TimeSpan.FromSeconds(request.EndSeconds), then) : null);
        run.Go();
    }

    /// <summary>Unpacks from a disk whose node is known.</summary>
    internal void Load(string node, PersonaLoadRequest request, Reply reply)
    {
        var disk = PersonaDisk.Open(node, write: false);
        PersonaUnpacking run = null!;
        run = new PersonaUnpacking(Programs(request.TimeoutSeconds), disk, Ending(disk, reply, () => reply.Send(new PersonaLoadReport(run.Problems), AgentJson.Default.PersonaLoadReport)));
        run.Unpack(request.Archives);
        run.Go();
    }

    private static Action Ending(PersonaDisk disk, Reply reply, Action answer) => () =>
    {
        using (disk)
            Guard(reply, answer);
    };

    private AccountPrograms Programs(int seconds) => new(programs, DesktopAccount.Find(paths), TimeSpan.FromSeconds(seconds));

    /// <summary>Waits for a disk, and gives it to the work with the seconds that are left.</summary>
    private void WithDisk(string serial, int seconds, Reply reply, Action<string, int> work)
    {
        var start = Stopwatch.GetTimestamp();
        DiskWait.Start(loop, [serial], TimeSpan.FromSeconds(seconds), disks =>
        {
            if (disks.TryGetValue(serial, out var disk))
                Guard(reply, () => work(disk.Node, Math.Max(1, seconds - (int)Stopwatch.GetElapsedTime(start).TotalSeconds)));
            else
                reply.Fail($"there is no disk with the serial number {serial}");
        });
    }

    // Called from the loop, where nobody else would answer.
    private static void Guard(Reply reply, Action work)
    {
        try
        {
            work();
        }
        catch (Exception problem) when (problem is SystemCallException or IOException or UnauthorizedAccessException)
        {
            reply.Fail(problem.Message);
        }
    }

    private static string? Objection<T>(IReadOnlyList<T>? parts, int seconds) => parts switch
    {
        null or { Count: > Most } => $"a persona has at most {Most} parts",
        _ when seconds is < 1 or > MostSeconds => $"the time limit must be 1 to {MostSeconds} seconds",
        _ => null,
    };

    private static bool IsProper(PersonaFiles? config) =>
        config is { Name: not null, Include.Count: <= Most, Exclude.Count: <= Most } && config.Include.All(HomeFiles.IsProper) && config.Exclude.All(HomeFiles.IsProper) && IsProper(config.Xfconf, config.Dconf);

    private static bool IsProper(IReadOnlyList<string>? channels, IReadOnlyList<string>? paths) =>
        channels is not { Count: > Most } && paths is not { Count: > Most } && (channels ?? []).All(IsChannel) && (paths ?? []).All(ProgramSettings.IsPath);

    private static bool IsChannel(string? name) => name is { Length: > 0 and <= 256 } && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or ':');
}
