using System.Globalization;
using Mayfly.Agent.Channel;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Native;
using Mayfly.Contracts.Agent;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Settling;

/// <summary>Waits until the desktop is drawn, then until the CPUs have been idle for long enough in one stretch, and answers once.</summary>
internal sealed class SettleWatch
{
    private const uint CreatedOrMovedHere = 0x100 | 0x80;
    private readonly EventLoop _loop;
    private readonly GuestPaths _paths;
    private readonly SettleRequest _request;
    private readonly Reply _reply;
    private readonly Alarm _limit;
    private int _folder = -1;
    private Alarm? _second;
    private CpuUse _last;
    private double _desktopSeconds;
    private double _busyPercent;
    private int _quietSeconds;

    private SettleWatch(EventLoop loop, GuestPaths paths, SettleRequest request, Reply reply)
    {
        (_loop, _paths, _request, _reply) = (loop, paths, request, reply);
        _limit = new Alarm(loop, TimeSpan.FromSeconds(request.TimeoutSeconds), repeat: false, OutOfTime);
        WaitForDesktop();
    }

    /// <summary>Starts to wait.</summary>
    internal static void Start(EventLoop loop, GuestPaths paths, SettleRequest request, Reply reply)
    {
        if (request.QuietSeconds < 1 || request.TimeoutSeconds < 1 || !(request.BusyPercent >= 0))
            reply.Fail("settle needs a quiet time and a time limit of at least one second");
        else
            _ = new SettleWatch(loop, paths, request, reply);
    }

    private void WaitForDesktop()
    {
        Directory.CreateDirectory(_paths.DesktopFolder);
        _folder = SystemCallException.Check(Libc.InotifyCreate(CloseOnExec | NonBlocking), "inotify_init1");
        SystemCallException.Check(Libc.InotifyAdd(_folder, _paths.DesktopFolder, CreatedOrMovedHere), "inotify_add_watch");
        _loop.Watch(_folder, PollIn, _ => FolderChanged());
        // Looked at after the watch began, so that it cannot appear unseen.
        LookForDesktop();
    }

    private unsafe void FolderChanged()
    {
        var buffer = stackalloc byte[4096];
        while (Libc.Read(_folder, buffer, 4096) > 0)
        {
        }
        LookForDesktop();
    }

    private void LookForDesktop()
    {
        if (!File.Exists(_paths.DesktopReady))
            return;
        StopFolder();
        _desktopSeconds = Uptime();
        _last = CpuUse.Read(_paths);
        _second = new Alarm(_loop, TimeSpan.FromSeconds(1), repeat: true, LookAtCpus);
    }

    private void LookAtCpus()
    {
        var now = CpuUse.Read(_paths);
        _busyPercent = now.BusyPercentSince(_last);
        _last = now;
        _quietSeconds = _busyPercent <= _request.BusyPercent ? _quietSeconds + 1 : 0;
        if (_quietSeconds < _request.QuietSeconds)
            return;
        Stop();
        _reply.Send(new SettleReport(_desktopSeconds, Uptime()), AgentJson.Default.SettleReport);
    }

    private void OutOfTime()
    {
        var drawn = _second is not null;
        Stop();
        _reply.Fail(drawn
            ? string.Create(CultureInfo.InvariantCulture, $"the desktop was drawn but the CPUs were still {_busyPercent:F0} % busy after {_request.TimeoutSeconds} s")
            : $"the desktop was not drawn within {_request.TimeoutSeconds} s");
    }

    private void Stop()
    {
        StopFolder();
        _second?.Stop();
        _limit.Stop();
    }

    private void StopFolder()
    {
        if (_folder >= 0)
            _loop.Close(_folder);
        _folder = -1;
    }

    private static unsafe double Uptime()
    {
        TimeSpec time;
        _ = Libc.ClockGetTime(ClockBoottime, &time);
        return time.Seconds + (time.Nanoseconds / 1e9);
    }
}
