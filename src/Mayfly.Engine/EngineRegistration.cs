using Mayfly.Engine.Attaching;
using Mayfly.Engine.Exchange;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Limits;
using Mayfly.Engine.Measuring;
using Mayfly.Engine.Packages;
using Mayfly.Engine.Packages.Archives;
using Mayfly.Engine.Packages.Capturing;
using Mayfly.Engine.Packages.Programs;
using Mayfly.Engine.Personas;
using Mayfly.Engine.Processes;
using Mayfly.Engine.Shipping;
using Mayfly.Engine.Volumes;
using Mayfly.Engine.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Mayfly.Engine;

/// <summary>Adds this host's engine to a service collection.</summary>
public static class EngineRegistration
{
    /// <summary>The source of the engine's spans: each fork, with its steps.</summary>
    public const string SpanSource = "Mayfly.Engine";

    /// <summary>
    /// Registers <see cref="IMachineHost"/>, <see cref="IImageLibrary"/>, <see cref="IPackageLibrary"/>, <see cref="IVolumeLibrary"/>, <see cref="IPersonaLibrary"/>, <see cref="ICargoSender"/>, <see cref="ICargoReceiver"/> and their start-up. Add it before what uses them:
    /// its start-up takes over running machines, and must come first.
    /// </summary>
    public static IServiceCollection AddMayflyEngine(this IServiceCollection services, EngineOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => ControlGroupRoot.Find(
            ControlGroupMount.Find(File.ReadLines("/proc/self/mountinfo")), File.ReadLines("/proc/self/cgroup"), options.MachineGroup));
        return services
            .AddSingleton(options)
            .AddSingleton(new DataDirectory(options.DataDirectory))
            .AddSingleton<ProcessWatcher>()
            .AddSingleton<ToolRunner>()
            .AddSingleton(new RecipeBuilderOptions(options.RecipeDirectory, options.AgentPath))
            .AddSingleton<ImageStore>()
            .AddSingleton<RecipeBuilder>()
            .AddSingleton<ImageImporter>()
            .AddSingleton<ControlGroups>()
            .AddSingleton<HostRuntimeSource>()
            .AddSingleton<MachineWatches>()
            .AddSingleton<HostMeter>()
            .AddSingleton<Doctor>()
            .AddSingleton<Attacher>()
            .AddSingleton<MachineHost>()
            .AddSingleton<IMachineHost>(provider => provider.GetRequiredService<MachineHost>())
            .AddSingleton<IImageLibrary, ImageLibrary>()
            .AddPackages()
            .AddVolumes()
            .AddPersonas()
            .AddSingleton<IHostFiles, HostFiles>()
            .AddShipping()
            .AddSingleton<IHostedService, EngineStartup>();
    }

    private static IServiceCollection AddPackages(this IServiceCollection services) => services
        .AddSingleton<PackageStore>()
        .AddSingleton<ArchiveOpener>()
        .AddSingleton<ProgramScan>()
        .AddSingleton<PackageMaker>()
        .AddSingleton<PackageSources>()
        .AddSingleton<DebianResolver>()
        .AddSingleton<GuestInstaller>()
        .AddSingleton<CaptureDesk>()
        // The machines of this host, whatever others a house may have.
        .AddSingleton<IPackageLibrary>(provider => ActivatorUtilities.CreateInstance<PackageLibrary>(provider, provider.GetRequiredService<MachineHost>()));

    private static IServiceCollection AddVolumes(this IServiceCollection services) => services
        .AddSingleton<QemuImages>()
        .AddSingleton<VolumeStore>()
        .AddSingleton<VolumeMaker>()
        .AddSingleton<Qcow2Inspector>()
        .AddSingleton<VolumeImporter>()
        // The machines of this host here as well.
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<VolumeUse>(provider, provider.GetRequiredService<MachineHost>()))
        .AddSingleton<IVolumeLibrary, VolumeLibrary>();

    private static IServiceCollection AddPersonas(this IServiceCollection services) => services
        .AddSingleton<PersonaStore>()
        .AddSingleton<PersonaCourier>()
        .AddSingleton<IPersonaLibrary, PersonaLibrary>();
}
