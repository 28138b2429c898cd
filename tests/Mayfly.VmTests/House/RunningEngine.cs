using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Attaching;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Forking;
using Mayfly.Engine.Images;
using Mayfly.Engine.Limits;
using Mayfly.Engine.Shipping;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayfly.VmTests.House;

/// <summary>A real engine in this process, put together and started as mayflyd does it.</summary>
internal sealed class RunningEngine : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private int _lastMachine;

    private RunningEngine(ServiceProvider services) => _services = services;

    public IMachineHost Machines => _services.GetRequiredService<IMachineHost>();

    public MachineHost Host => _services.GetRequiredService<MachineHost>();

    public IPackageLibrary Packages => _services.GetRequiredService<IPackageLibrary>();

    public IPersonaLibrary Personas => _services.GetRequiredService<IPersonaLibrary>();

    public IImageLibrary Images => _services.GetRequiredService<IImageLibrary>();

    public ICargoSender Sender => _services.GetRequiredService<ICargoSender>();

    public ICargoReceiver Receiver => _services.GetRequiredService<ICargoReceiver>();

    public ImageStore Store => _services.GetRequiredService<ImageStore>();

    public EngineOptions Options => _services.GetRequiredService<EngineOptions>();

    public DataDirectory Data => _services.GetRequiredService<DataDirectory>();

    public HostRuntime Runtime => _services.GetRequiredService<HostRuntimeSource>().Current ?? throw new InvalidOperationException("This host has no usable QEMU.");

    /// <param name="options">Its settings.</param>
    /// <param name="limits">Where it makes control groups; null for where this host lets it.</param>
    public static async Task<RunningEngine> StartAsync(EngineOptions options, ControlGroupRoot? limits = null)
    {
        var collection = new ServiceCollection();
        if (limits is not null)
            collection.AddSingleton(limits);
        var services = collection
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddMayflyEngine(options)
            .BuildServiceProvider();
        foreach (var service in services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        return new RunningEngine(services);
    }

    /// <summary>A machine from inside the engine.</summary>
    public Machine Inside(HostMachine machine) => _services.GetRequiredService<MachineHost>().Running(machine.MachineId)!;

    /// <summary>A READY machine.</summary>
    public async Task<HostMachine> ForkAsync(ImageVersion image)
    {
        var forked = await TryForkAsync(image);
        forked.Fault.ShouldBeNull();
        return forked.Value;
    }

    /// <summary>A name that no machine of this engine has had.</summary>
    public string NewName() => $"vm-{Interlocked.Increment(ref _lastMachine)}";

    public Task<Outcome<HostMachine>> TryForkAsync(ImageVersion image, PostSyncScript? postSync = null, Action<HostMachine>? onRunning = null, string? name = null)
    {
        var machine = name ?? NewName();
        return Machines.ProvisionAsync(new ProvisionRequest(machine, machine, image, postSync), onRunning, TestContext.Current.CancellationToken);
    }

    /// <summary>A READY machine of a kind, by default one that is thrown away.</summary>
    public async Task<HostMachine> MakeAsync(ImageVersion image, ProvisioningKind kind, bool keep = false)
    {
        var name = NewName();
        var made = await Machines.ProvisionAsync(new ProvisionRequest(name, name, image) { Kind = kind, Keep = keep }, null, TestContext.Current.CancellationToken);
        made.Fault.ShouldBeNull();
        return made.Value;
    }

    /// <summary>A kept machine, READY again.</summary>
    public async Task<HostMachine> StartAsync(string machineId)
    {
        var started = await Machines.StartAsync(machineId, null, TestContext.Current.CancellationToken);
        started.Fault.ShouldBeNull();
        return started.Value;
    }

    /// <summary>What a shell in a machine says, without the last line's end; the script must succeed.</summary>
    public async Task<string> RunAsync(HostMachine machine, string script)
    {
        var said = await Machines.ExecAsync(machine.MachineId, new ExecRequest(["sh", "-c", script]), TestContext.Current.CancellationToken);
        said.Fault.ShouldBeNull();
        said.Value.ExitCode.ShouldBe(0, $"{script}\n{said.Value.Stdout}{said.Value.Stderr}");
        return said.Value.Stdout.TrimEnd();
    }

    /// <summary>Sends the agent of a machine a signal, such as STOP, behind whatever it answers meanwhile: an order that it could not answer would be waited for.</summary>
    public async Task SignalAgentAsync(HostMachine machine, string signal)
    {
        // A program's parent in the guest is the agent.
        await RunAsync(machine, $"(sleep 1; kill -{signal} $PPID) >/dev/null 2>&1 &");
        // Nothing tells the host of it.
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
    }

    /// <summary>What the engine reports of a machine's end, once it does.</summary>
    public async Task<HostMachineExit> ExitOfAsync(HostMachine machine)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        await foreach (var news in Machines.WatchAsync(limit.Token))
        {
            if (news is HostMachineExit exit && exit.MachineId == machine.MachineId)
                return exit;
        }

        throw new InvalidOperationException("The engine stopped reporting.");
    }

    /// <summary>Gives a machine these packages and this volume.</summary>
    public async Task<AttachResult> AttachAsync(HostMachine machine, Attachments wanted)
    {
        var result = await Machines.AttachAsync(machine.MachineId, wanted, TestContext.Current.CancellationToken);
        result.Fault.ShouldBeNull();
        return result.Value;
    }

    /// <summary>Ends the engine as mayflyd ends: machines stay as they are.</summary>
    public ValueTask LeaveAsync() => _services.DisposeAsync();

    /// <summary>Destroys every machine and lets all shells go.</summary>
    public async Task EmptyAsync()
    {
        Machines.Expect(new Dictionary<ImageVersion, int>());
        await Task.WhenAll(Machines.Machines.Select(machine => Machines.DestroyAsync(machine.MachineId)));
    }

    public async ValueTask DisposeAsync()
    {
        await EmptyAsync();
        await _services.DisposeAsync();
    }
}
