using Mayfly.Agent.Attaching;
using Mayfly.Agent.Channel;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using Mayfly.Agent.Running;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Personas;

/// <summary>Packs what is a user's own in their home onto a disk of the host, and unpacks it from one.</summary>
internal sealed class PersonaDesk(EventLoop loop, ProgramRunner programs, GuestPaths paths)
{
    private const int Most = 256;
    private const int MostSeconds = 600;

    /// <summary>Answers <see cref="AgentVerbs.PersonaSave"/>.</summary>
    internal void Save(PersonaSaveRequest request, Reply reply)
    {
        if (Objection(request.Configs, request.TimeoutSeconds) is { } objection)
            reply.Fail(objection);
        else if (!request.Configs.All(IsProper))
            reply.Fail("a part of the persona is malformed");
        else
            WithDisk(request.Serial, request.TimeoutSeconds, reply, node => Save(node, request, reply));
    }

    /// <summary>Answers <see cref="AgentVerbs.PersonaLoad"/>.</summary>
    internal void Load(PersonaLoadRequest request, Reply reply)
    {
        if (Objection(request.Archives, request.TimeoutSeconds) is { } objection)
            reply.Fail(objection);
        else if (!request.Archives.All(archive => archive is { Name: not null, Offset: >= 0, Bytes: > 0 }))
            reply.Fail("an archive of the persona is malformed");
        else
            WithDisk(request.Serial, request.TimeoutSeconds, reply, node => Load(node, request, reply));
    }

    /// <summary>Packs onto a disk whose node is known.</summary>
    internal void Save(string node, PersonaSaveRequest request, Reply reply)
    {
        var disk = PersonaDisk.Open(node, write: true);
        PersonaRun run = null!;
        run = Begin(disk, request.TimeoutSeconds, reply, () =>
        {
            disk.Flush();
            reply.Send(new PersonaSaveReport(run.Archives, run.Problems), AgentJson.Default.PersonaSaveReport);
        });
        foreach (var config in request.Configs)
            run.Pack(config);
        run.Go();
    }

    /// <summary>Unpacks from a disk whose node is known.</summary>
    internal void Load(string node, PersonaLoadRequest request, Reply reply)
    {
        var disk = PersonaDisk.Open(node, write: false);
        PersonaRun run = null!;
        run = Begin(disk, request.TimeoutSeconds, reply, () => reply.Send(new PersonaLoadReport(run.Problems), AgentJson.Default.PersonaLoadReport));
        foreach (var archive in request.Archives)
            run.Unpack(archive);
        run.Go();
    }

    private PersonaRun Begin(PersonaDisk disk, int seconds, Reply reply, Action answer) => new(programs, DesktopAccount.Find(paths), disk, TimeSpan.FromSeconds(seconds), () =>
    {
        using (disk)
            Guard(reply, answer);
    });

    private void WithDisk(string serial, int seconds, Reply reply, Action<string> work) => DiskWait.Start(loop, [serial], TimeSpan.FromSeconds(seconds), disks =>
    {
        if (disks.TryGetValue(serial, out var disk))
            Guard(reply, () => work(disk.Node));
        else
            reply.Fail($"there is no disk with the serial number {serial}");
    });

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
        config is { Name: not null, Include.Count: <= Most, Exclude.Count: <= Most } && config.Include.All(HomeFiles.IsProper) && config.Exclude.All(HomeFiles.IsProper);
}
