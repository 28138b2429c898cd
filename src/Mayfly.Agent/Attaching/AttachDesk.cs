using Mayfly.Agent.Channel;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Running;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Attaching;

/// <summary>The verbs around packages and the volume, and what they have in common.</summary>
internal sealed class AttachDesk
{
    private readonly Merger _merger;
    private readonly Releaser _releaser;
    private readonly LaunchDesk _launches;

    /// <param name="loop">Where all of it is waited for.</param>
    /// <param name="paths">Where the guest's files are.</param>
    /// <param name="attached">Called after each merge, before anybody is told what is there now.</param>
    internal AttachDesk(EventLoop loop, GuestPaths paths, Action attached)
    {
        var trees = new Trees();
        var volume = new Volume(paths);
        var menus = new Menus(new ProgramRunner(loop));
        _launches = new LaunchDesk(loop);
        _merger = new Merger(loop, trees, volume, menus, attached + _launches.Serve);
        _releaser = new Releaser(loop, paths, trees, volume, menus);
    }

    /// <summary>Answers <see cref="AgentVerbs.Attach"/>.</summary>
    internal void Attach(AttachRequest request, Reply reply) => _merger.Attach(request, reply);

    /// <summary>Answers <see cref="AgentVerbs.Release"/>.</summary>
    internal void Release(ReleaseRequest request, Reply reply) => _releaser.Release(request, reply);

    /// <summary>Answers <see cref="AgentVerbs.AwaitLaunch"/>.</summary>
    internal void AwaitLaunch(AwaitLaunchRequest request, Reply reply) => _launches.Await(request, reply);
}
