using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Engine.Guests;
using Mayfly.Engine.Hypervisor;
using Mayfly.Qmp;

namespace Mayfly.Engine.Publishing;

/// <summary>The machine booted during publish. Disposing it ends its process, frozen or not.</summary>
internal sealed class Parent : IAsyncDisposable
{
    private static readonly TimeSpan CleanseDeadline = TimeSpan.FromMinutes(2);
    private readonly QemuMachine _machine;
    private readonly AgentConnection _agent;
    private readonly EngineOptions _options;
    private readonly TimeProvider _time;

    private Parent(QemuMachine machine, AgentConnection agent, EngineOptions options, TimeProvider time)
    {
        _machine = machine;
        _agent = agent;
        _options = options;
        _time = time;
    }

    /// <summary>Takes charge of a parent just started.</summary>
    public static async Task<Parent> AttachAsync(QemuMachine machine, EngineOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return new Parent(machine, await machine.ConnectAgentAsync(cancellationToken), options, time);
        }
        catch
        {
            await machine.DestroyAsync();
            throw;
        }
    }

    /// <summary>The guest's operating system, once its agent has answered.</summary>
    public string? Os { get; private set; }

    /// <summary>Waits until the guest agent answers. Null when it did.</summary>
    public Task<Fault?> AnswerAsync(CancellationToken cancellationToken) => WhileAliveAsync(
        async token =>
        {
            var hello = await _agent.HelloAsync(_options.BootDeadline, token);
            Os = hello.Fault is null ? hello.Value.Os : null;
            return hello;
        },
        cancellationToken);

    /// <summary>Waits until the desktop is drawn and quiet. Null when it is.</summary>
    public Task<Fault?> SettleAsync(SettleRequest settle, CancellationToken cancellationToken) =>
        WhileAliveAsync(token => _agent.SettleAsync(settle, token), cancellationToken);

    /// <summary>Takes out what must not be in two machines, saves the device state to a file and stops the guest for good. Null when done.</summary>
    public async Task<Fault?> FreezeAsync(string stateFile, CancellationToken cancellationToken)
    {
        try
        {
            // The clones wake with their cable out, and get it plugged in once they have an identity of their own.
            await _machine.Qmp.SetLinkAsync(QemuNames.NetworkCard, up: false, cancellationToken);
            if (await WhileAliveAsync(CleanseAsync, cancellationToken) is { } uncleansed)
                return uncleansed;
            await _machine.Qmp.SaveStateAsync(stateFile, cancellationToken);
            return null;
        }
        catch (QmpException error)
        {
            return new Fault(ErrorCode.MachineUnresponsive, "QEMU did not save the device state.", error.Message);
        }
    }

    /// <summary>Ends the parent. When this returns nothing maps its memory any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _machine.DestroyAsync();
    }

    private async Task<Outcome<CleanseReport>> CleanseAsync(CancellationToken cancellationToken)
    {
        var report = await _agent.CleanseAsync(CleanseDeadline, cancellationToken);
        return report.Fault is null && report.Value.Connections > 0
            ? new Fault(
                ErrorCode.AgentRefused, "The parent has open network connections, which can not be in two machines.",
                $"{report.Value.Connections} are open.", "Remove from the image what opens them at start.")
            : report;
    }

    private Task<Fault?> WhileAliveAsync<T>(Func<CancellationToken, Task<Outcome<T>>> work, CancellationToken cancellationToken) =>
        _machine.WhileAliveAsync("The parent ended before it was frozen.", work, _time, cancellationToken);
}
