using System.Globalization;
using Mayfly.Agent.Attaching;
using Mayfly.Agent.Channel;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Running;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Packing;

/// <summary>
/// Writes what a capture has changed to a disk. The agent starts itself anew for it: it goes on answering meanwhile, and what packing
/// takes of memory is not taken in every clone for ever.
/// </summary>
internal sealed class Packer(EventLoop loop, ProgramRunner programs, GuestPaths paths)
{
    /// <summary>Argument of the agent that packs.</summary>
    internal const string Argument = "--pack";

    private const int MostSeconds = 3600;

    // A disk that was plugged in shows up by itself.
    private const int MostWait = 60;

    /// <summary>Answers once the archive is written.</summary>
    internal void Pack(PackRequest request, Reply reply)
    {
        if (request.TimeoutSeconds is < 1 or > MostSeconds)
            reply.Fail($"the time limit must be 1 to {MostSeconds} seconds");
        else if (!Directory.Exists(paths.CaptureVolume))
            reply.Fail("no volume of a capture is attached");
        else
            DiskWait.Start(loop, [request.Serial], TimeSpan.FromSeconds(Math.Min(request.TimeoutSeconds, MostWait)), disks => Pack(request, disks, reply));
    }

    private void Pack(PackRequest request, Dictionary<string, Disk> disks, Reply reply)
    {
        if (!disks.TryGetValue(request.Serial, out var disk))
            reply.Fail($"there is no disk with the serial number {request.Serial}");
        else
            programs.Run(
                new ExecRequest([Environment.ProcessPath!, Argument, paths.CaptureVolume, disk.Node], request.TimeoutSeconds),
                result => Answer(result, reply),
                reply.Fail);
    }

    private static void Answer(ExecResult result, Reply reply)
    {
        const int outOfTime = 124;
        var numbers = result.Stdout.Split(' ');
        if (result.ExitCode == 0 && numbers.Length == 2
            && long.TryParse(numbers[0], CultureInfo.InvariantCulture, out var bytes) && int.TryParse(numbers[1], CultureInfo.InvariantCulture, out var entries))
            reply.Send(new PackReport(bytes, entries), AgentJson.Default.PackReport);
        else
            reply.Fail(result.ExitCode == outOfTime ? "packing took too long" : $"packing failed: {result.Stderr.Trim()} (status {result.ExitCode})");
    }
}
