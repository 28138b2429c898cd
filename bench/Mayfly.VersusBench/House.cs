using Mayfly.Engine;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Hypervisor;
using Mayfly.Engine.Images;
using Mayfly.Engine.Limits;
using Mayfly.Engine.Networks;
using Mayfly.Engine.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mayfly.VersusBench;

/// <summary>The parts of an engine that the ways are made of, and the guest that all of them start.</summary>
internal sealed class House
{
    private House()
    {
    }

    /// <summary>Mayfly's machines.</summary>
    public required IMachineHost Machines { get; init; }

    /// <summary>What the engine has found on this host.</summary>
    public required HostRuntime Runtime { get; init; }

    /// <summary>The guest's image, published.</summary>
    public required GoldenImage Golden { get; init; }

    /// <summary>The guest's hardware.</summary>
    public required MachineShape Shape { get; init; }

    /// <summary>Who QEMU runs as.</summary>
    public required VmAccount Account { get; init; }

    /// <summary>Where the engine keeps things.</summary>
    public required DataDirectory Data { get; init; }

    /// <summary>Networks of machines.</summary>
    public required AddressSlots Slots { get; init; }

    /// <summary>Control groups of machines.</summary>
    public required ControlGroups Limits { get; init; }

    /// <summary>Sees processes end.</summary>
    public required ProcessWatcher Watcher { get; init; }

    /// <summary>Settings of the engine.</summary>
    public required EngineOptions Options { get; init; }

    /// <summary>Gets what goes wrong.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Name and version of the guest's image.</summary>
    public ImageVersion Image => Golden.Id;

    /// <summary>Builds and publishes the image, or takes what was built and published before.</summary>
    public static async Task<House> OpenAsync(IServiceProvider services, string image, CancellationToken cancellationToken)
    {
        var library = services.GetRequiredService<IImageLibrary>();
        var progress = new Progress<StepProgress>();
        var built = (await library.BuildAsync(image, progress, cancellationToken)).OrThrow();
        (await library.PublishAsync(image, built.Version, progress, cancellationToken)).OrThrow();
        var source = services.GetRequiredService<HostRuntimeSource>();
        var runtime = (await source.GetAsync(cancellationToken)).OrThrow();
        var options = services.GetRequiredService<EngineOptions>();
        return new House
        {
            Machines = services.GetRequiredService<IMachineHost>(),
            Runtime = runtime,
            Golden = (await services.GetRequiredService<ImageStore>().FindAsync(built.Name, built.Version, cancellationToken)).OrThrow(),
            // What was published, so that all ways have the same hardware.
            Shape = (await runtime.WarmAsync(built, cancellationToken)).OrThrow().Manifest.Shape,
            Account = VmAccount.Find(options.VmUser)!,
            Data = services.GetRequiredService<DataDirectory>(),
            Slots = source.Slots,
            Limits = services.GetRequiredService<ControlGroups>(),
            Watcher = services.GetRequiredService<ProcessWatcher>(),
            Options = options,
            Logger = services.GetRequiredService<ILogger<House>>(),
        };
    }
}
