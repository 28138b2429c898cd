using Mayfly.Contracts.Agent;

namespace Mayfly.VmTests.House;

/// <summary>A test on real machines. After each, nothing of any machine may be left on this host.</summary>
public abstract class VmTest(Micro micro) : IAsyncLifetime
{
    private OwnDescriptors _before = OwnDescriptors.Now();

    internal RunningEngine Engine => micro.Engine;

    internal IMachineHost Machines => micro.Engine.Machines;

    protected ImageVersion Image => micro.Image;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Looks at what is there before the test.</summary>
    public virtual ValueTask InitializeAsync()
    {
        _before = OwnDescriptors.Now();
        return ValueTask.CompletedTask;
    }

    /// <summary>Empties the shared engine and looks for what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await ReleaseAsync();
        await Engine.EmptyAsync();
        await NothingLeftAsync(Engine.Data.Machines, _before);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what this test's class holds beside the shared engine.</summary>
    protected virtual ValueTask ReleaseAsync() => ValueTask.CompletedTask;

    /// <summary>A READY machine.</summary>
    protected async Task<HostMachine> ForkAsync(PostSyncScript? postSync = null)
    {
        var forked = await Engine.TryForkAsync(Image, postSync);
        forked.Fault.ShouldBeNull();
        return forked.Value;
    }

    protected Task<HostMachine[]> ForkManyAsync(int count, PostSyncScript? postSync = null) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => ForkAsync(postSync)));

    protected Task<string> RunAsync(HostMachine machine, string script) => Engine.RunAsync(machine, script);

    /// <summary>Asserts that no process, file, socket, memory or descriptor is left of the machines in a directory.</summary>
    internal static async Task NothingLeftAsync(string machines, OwnDescriptors before)
    {
        // Shells are let go behind the caller's back, and a connection's end is noticed by its reader: both are waited for.
        await Eventually.HoldsAsync(() => Task.FromResult(!Directory.EnumerateFileSystemEntries(machines).Any()), $"{machines} is empty");
        Traces.Processes(machines).ShouldBeEmpty();
        Traces.ChildMachines().ShouldBeEmpty();
        // The kernel closes what a killed process held in its own time.
        await Eventually.HoldsAsync(() => Task.FromResult(Traces.Sockets(machines).Count == 0), $"no socket of {machines} is left");
        await Eventually.HoldsAsync(() => Task.FromResult(OwnDescriptors.Now().IsBackTo(before)), $"{before} became {OwnDescriptors.Now()}");
    }
}
