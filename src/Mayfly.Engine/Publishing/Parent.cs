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

    private Parent(QemuMachine machine, AgentConnection agent, EngineOptions options)
    {
        _machine = machine;
        _agent = agent;
        _options = options;
    }

    /// <summary>Takes charge of a parent just started.</summary>
    public static async Task<Parent> AttachAsync(QemuMachine machine, EngineOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return new Parent(machine, await machine.ConnectAgentAsync(cancellationToken), options);
        }
        catch
        {
            await machine.DestroyAsync();
            throw;
        }
    }

    /// <summary>Waits until the guest agent answers. Null when it did.</summary>
    public Task<Fault?> AnswerAsync(CancellationToken cancellationToken) =>
        WhileAliveAsync(token => _agent.HelloAsync(_options.BootDeadline, token), cancellationToken);

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
            using var state = File.OpenHandle(stateFile, FileMode.CreateNew, FileAccess.ReadWrite);
            await _machine.Qmp.PrepareMigrationAsync(cancellationToken);
            await _machine.Qmp.GetDescriptorAsync(QemuNames.StateDescriptor, state, cancellationToken);
            await _machine.Qmp.MigrateAsync(QemuNames.StateDescriptor, cancellationToken);
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

    private async Task<Fault?> WhileAliveAsync<T>(Func<CancellationToken, Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var working = work(life.Token);
        if (await Task.WhenAny(working, _machine.Process.Ended) == working)
            return (await working).Fault;
        await life.CancelAsync();
        await ((Task)working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new Fault(
            ErrorCode.MachineExited, "The parent ended before it was frozen.", $"QEMU ended with {await _machine.Process.Ended}. {_machine.Directory.LastWords()}".Trim());
    }
}
