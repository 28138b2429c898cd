using Mayfly.Agent;
using Mayfly.Agent.Channel;
using Mayfly.Agent.Environments;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using Mayfly.Agent.Packing;
using Mayfly.Agent.Running;
using Mayfly.Agent.Xfconf;

// Usage: mayfly-agent [--channel PATH] [--root FOLDER]
// Without --channel it waits for its virtio-serial port. --root puts a folder in place of the guest's files, for tests.
// Usage: mayfly-agent --pack VOLUME DISK
// What the agent starts itself as for "pack": a process of its own, whose memory is gone when it has ended.
if (args is [Packer.Argument, var volume, var disk])
    return PackProgram.Run(volume, disk);
// Usage: mayfly-agent --settings note RUNTIME HOME | save RUNTIME HOME CHANNEL|PATH... | load RUNTIME HOME CHANNEL|PATH...
// Usage: mayfly-agent --settings end-panel RUNTIME
// Of the session, with the rights of its account.
if (args is [SettingsProgram.Argument, .. var settings])
    return SettingsProgram.RunAsync(settings).GetAwaiter().GetResult();
// Usage: mayfly-agent --drives <REQUEST
// What the agent starts itself as to mount network drives: a server that does not answer keeps only that waiting.
if (args is [DriveProgram.Argument])
    return DriveProgram.Run();
string? channelPath = null;
var paths = new GuestPaths();
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--channel" when i + 1 < args.Length:
            channelPath = args[++i];
            break;
        case "--root" when i + 1 < args.Length:
            paths = new GuestPaths(args[++i].TrimEnd('/'));
            break;
        default:
            Diagnostics.Say($"unknown argument {args[i]}; usage: mayfly-agent [--channel PATH] [--root FOLDER]");
            return 2;
    }
}
try
{
    MemoryShortage.SpareAgent();
    Directory.CreateDirectory(paths.RunFolder);
    var loop = new EventLoop();
    var descriptor = ChannelOpener.Open(channelPath ?? PortFinder.WaitForPort(), out var endsWithPeer);
    new HostChannel(loop, descriptor, endsWithPeer, new Agent(loop, paths).Handle).Start();
    loop.Run();
    return 0;
}
catch (Exception problem) when (problem is SystemCallException or IOException or UnauthorizedAccessException)
{
    Diagnostics.Say(problem.Message);
    return 1;
}
