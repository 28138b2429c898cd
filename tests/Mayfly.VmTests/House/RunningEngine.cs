using Mayfly.Contracts.Agent;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
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

    public IImageLibrary Images => _services.GetRequiredService<IImageLibrary>();

    public ImageStore Store => _services.GetRequiredService<ImageStore>();

    public DataDirectory Data => _services.GetRequiredService<DataDirectory>();

    public HostRuntime Runtime => _services.GetRequiredService<HostRuntimeSource>().Current ?? throw new InvalidOperationException("This host has no usable QEMU.");

    public static async Task<RunningEngine> StartAsync(EngineOptions options)
    {
        var services = new ServiceCollection()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddMayflyEngine(options)
            .BuildServiceProvider();
        foreach (var service in services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        return new RunningEngine(services);
    }

    /// <summary>A name that no machine of this engine has had.</summary>
    public string NewName() => $"vm-{Interlocked.Increment(ref _lastMachine)}";

    public Task<Outcome<HostMachine>> TryForkAsync(ImageVersion image, PostSyncScript? postSync = null, Action<HostMachine>? onRunning = null, string? name = null)
    {
        var machine = name ?? NewName();
        return Machines.ForkAsync(new ForkRequest(machine, machine, image, postSync), onRunning, TestContext.Current.CancellationToken);
    }

    /// <summary>What a shell in a machine says, without the last line's end; the script must succeed.</summary>
    public async Task<string> RunAsync(HostMachine machine, string script)
    {
        var said = await Machines.ExecAsync(machine.MachineId, new ExecRequest(["sh", "-c", script]), TestContext.Current.CancellationToken);
        said.Fault.ShouldBeNull();
        said.Value.ExitCode.ShouldBe(0, $"{script}\n{said.Value.Stdout}{said.Value.Stderr}");
        return said.Value.Stdout.TrimEnd();
    }

    /// <summary>What the engine reports of a machine's end, once it does.</summary>
    public async Task<HostMachineExit> ExitOfAsync(HostMachine machine)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        await foreach (var exit in Machines.WatchExitsAsync(limit.Token))
        {
            if (exit.MachineId == machine.MachineId)
                return exit;
        }

        throw new InvalidOperationException("The engine stopped reporting.");
    }

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
