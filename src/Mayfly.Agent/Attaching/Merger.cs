using System.Diagnostics;
using Mayfly.Agent.Channel;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using Mayfly.Agent.Running;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Attaching;

/// <summary>
/// Step 6 of the main path, Attach, inside the guest: waits for the disks, mounts them, merges them into the trees, and shows what is new
/// in the menus. One at a time.
/// </summary>
internal sealed class Merger(EventLoop loop, Trees trees, Volume volume, Menus menus, Action attached)
{
    private bool _busy;

    /// <summary>Answers once all is merged.</summary>
    internal void Attach(AttachRequest request, Reply reply)
    {
        if (AttachCheck.Objection(request) is { } objection)
            reply.Fail(objection);
        else if (_busy)
            reply.Fail("another attach is in progress");
        else
            Begin(request, reply);
    }

    private void Begin(AttachRequest request, Reply reply)
    {
        var start = Stopwatch.GetTimestamp();
        HashSet<string> wanted = [.. request.Packages.Select(package => package.Serial)];
        if (request.Volume is { } disk)
            wanted.Add(disk.Serial);
        if (request.InputSerial is { } input)
            wanted.Add(input);
        _busy = true;
        Precedence.Take();
        DiskWait.Start(loop, wanted, TimeSpan.FromSeconds(request.TimeoutSeconds), disks => End(request, disks, wanted, new Steps("disks", start), reply));
    }

    private void End(AttachRequest request, Dictionary<string, Disk> disks, HashSet<string> wanted, Steps steps, Reply reply)
    {
        Answer(request, disks, wanted, steps, reply);
        Precedence.GiveBack();
        _busy = false;
    }

    private void Answer(AttachRequest request, Dictionary<string, Disk> disks, HashSet<string> wanted, Steps steps, Reply reply)
    {
        if (wanted.FirstOrDefault(serial => !disks.ContainsKey(serial)) is { } missing)
        {
            reply.Fail($"the disk {missing} did not come within {request.TimeoutSeconds} s");
            return;
        }
        try
        {
            reply.Send(Merge(request, disks, steps), AgentJson.Default.AttachReport);
        }
        catch (Exception problem) when (problem is SystemCallException or IOException or UnauthorizedAccessException)
        {
            trees.Forget();
            reply.Fail(problem.Message);
            return;
        }
        menus.CompileLater();
        attached();
    }

    private AttachReport Merge(AttachRequest request, Dictionary<string, Disk> disks, Steps steps)
    {
        var kept = new List<DiskInUse>();
        var unusable = new List<UnusableDisk>();
        var packages = PackageShelf.MountAll(request.Packages, disks, unusable, out var changed);
        if (changed)
            trees.Forget();
        var leaving = PackageShelf.Mounted().Except(packages).ToList();
        var present = Disk.BySerial();
        // Nothing can be read any more from what was pulled.
        packages.AddRange(StillUsed(leaving.FindAll(present.ContainsKey), kept));
        steps.Done("mount");
        var change = new VolumeChange(trees, volume, packages, kept, unusable);
        var onVolume = change.Make(request.Volume, request.Volume is { } wanted ? disks[wanted.Serial] : null);
        steps.Done("volume");
        trees.Merge(packages, onVolume);
        leaving.Except(packages).ToList().ForEach(PackageShelf.Remove);
        ShowInput(request.InputSerial is { } input ? disks[input] : null);
        steps.Done("merge");
        menus.Show(packages);
        steps.Done("menus");
        return new AttachReport(steps.All, kept, unusable);
    }

    private static IEnumerable<string> StillUsed(List<string> leaving, List<DiskInUse> kept)
    {
        if (leaving.Count == 0)
            return [];
        var files = UsedFiles.Read();
        var used = leaving.Select(serial => (Serial: serial, File: files.OfPackage(serial))).Where(one => one.File is not null).ToList();
        kept.AddRange(used.Select(one => new DiskInUse(one.Serial, one.File!.Program)));
        return used.Select(one => one.Serial);
    }

    private static void ShowInput(Disk? disk)
    {
        if (MountTable.Read().At(AttachPaths.Input) is { } shown)
        {
            if (shown.Device == disk?.Device)
                return;
            LooseMount.Detach(AttachPaths.Input);
        }
        if (disk is not null)
            PackageShelf.MountOn(AttachPaths.Input, disk);
    }
}
