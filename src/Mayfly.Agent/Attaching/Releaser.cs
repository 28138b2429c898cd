using Mayfly.Agent.Channel;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Attaching;

/// <summary>The user goes: ends their programs and those that use the volume, and takes the volume out, clean.</summary>
internal sealed class Releaser(EventLoop loop, GuestPaths paths, Trees trees, Volume volume, Menus menus)
{
    private readonly List<Reply> _waiting = [];

    /// <summary>
    /// Answers once the volume is at rest. Who asks while a release is in progress gets the answer of that one: a host that
    /// was started anew in the middle of a log-off asks again, and must not take the volume's disk away before its end.
    /// </summary>
    internal void Release(ReleaseRequest request, Reply reply)
    {
        if (AttachCheck.Objection(request) is { } objection)
            reply.Fail(objection);
        else if (_waiting.Count > 0)
            _waiting.Add(reply);
        else
            Begin(request, reply);
    }

    private void Begin(ReleaseRequest request, Reply reply)
    {
        // Found first: where that fails, nobody waits for an end that never comes.
        var programs = request.GraceSeconds == 0 ? [] : Programs();
        _waiting.Add(reply);
        if (request.GraceSeconds == 0)
            End(0, 0);
        else
            ProgramEnd.Start(loop, programs, TimeSpan.FromSeconds(request.GraceSeconds), End);
    }

    private void End(int ended, int killed)
    {
        Reply[] waiting = [.. _waiting];
        _waiting.Clear();
        try
        {
            if (Volume.MountedDevice is { } device)
            {
                var packages = PackageShelf.Mounted();
                new VolumeChange(trees, volume, packages, [], []).TakeOut(device);
                menus.Show(packages);
            }
            foreach (var reply in waiting)
                reply.Send(new ReleaseReport(ended, killed), AgentJson.Default.ReleaseReport);
        }
        catch (Exception problem) when (problem is SystemCallException or IOException or UnauthorizedAccessException)
        {
            trees.Forget();
            foreach (var reply in waiting)
                reply.Fail(problem.Message);
        }
    }

    /// <summary>The desktop account's, and whatever uses the volume; not the first process.</summary>
    private HashSet<int> Programs()
    {
        var account = DesktopAccount.Find(paths);
        HashSet<int> programs = account.IsPerson ? [.. AccountProcesses.Of(account.Id)] : [];
        if (Volume.MountedDevice is { } device)
            programs.UnionWith(UsedFiles.Read().OfVolume(device).Select(file => file.Process));
        programs.Remove(1);
        return programs;
    }
}
