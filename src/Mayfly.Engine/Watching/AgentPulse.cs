using System.Net.Sockets;
using Mayfly.Contracts;
using Mayfly.Engine.Forking;

namespace Mayfly.Engine.Watching;

/// <summary>
/// Says hello to one guest agent. It answers beside whatever else it does, so nothing under way is disturbed. A connection that ended,
/// because the agent broke the protocol or the channel broke, is made anew.
/// </summary>
internal sealed class AgentPulse(Machine machine, EngineOptions options)
{
    private int _misses;
    private Fault? _last;

    /// <summary>Forgets what was missed: the machine stood still, and its agent with it.</summary>
    public void Forget() => (_misses, _last) = (0, null);

    /// <summary>Looks once. Null when it answers, or has missed too little to be in trouble.</summary>
    public async Task<Fault?> LookAsync(CancellationToken cancellationToken)
    {
        if (machine.Agent.Ended is { } why)
            return _last = await ConnectAsync(why, cancellationToken);
        var hello = await machine.Agent.HelloAsync(options.WatchDeadline, cancellationToken);
        if (hello.Fault is null)
        {
            machine.Os ??= hello.Value.Os;
            Forget();
        }
        else if (hello.Fault.Code != ErrorCode.AgentSilent || ++_misses >= options.TroubleAfter)
            _last = About(hello.Fault);
        return _last;
    }

    private async Task<Fault> ConnectAsync(Fault why, CancellationToken cancellationToken)
    {
        await machine.Agent.DisposeAsync();
        try
        {
            machine.Agent = await machine.Qemu.ConnectAgentAsync(cancellationToken);
            return About(why);
        }
        catch (SocketException error)
        {
            return About(why with { Why = error.Message });
        }
    }

    private Fault About(Fault fault) => fault.Code == ErrorCode.AgentSilent
        ? new Fault(
            fault.Code, $"The guest agent of {machine.Hostname} does not answer.", fault.Why ?? fault.What,
            "Its desktop goes on without it. If this persists, delete the machine.")
        : new Fault(
            fault.Code, $"The guest agent of {machine.Hostname} broke the protocol; it is connected anew.", fault.Why ?? fault.What,
            "If this persists, do not trust this machine, and delete it.");
}
