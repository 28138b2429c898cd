using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Mayfly.Engine;

/// <summary>Adds this host's engine to a service collection.</summary>
public static class EngineRegistration
{
    /// <summary>
    /// Registers <see cref="IMachineHost"/>, <see cref="IImageLibrary"/> and their start-up. Add it before what uses them:
    /// its start-up takes over running machines, and must come first.
    /// </summary>
    public static IServiceCollection AddMayflyEngine(this IServiceCollection services, EngineOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(options)
            .AddSingleton(new DataDirectory(options.DataDirectory))
            .AddSingleton<ProcessWatcher>()
            .AddSingleton<ToolRunner>()
            .AddSingleton(new RecipeBuilderOptions(options.RecipeDirectory, options.AgentPath))
            .AddSingleton<ImageStore>()
            .AddSingleton<RecipeBuilder>()
            .AddSingleton<ImageImporter>()
            .AddSingleton<HostRuntimeSource>()
            .AddSingleton<Doctor>()
            .AddSingleton<MachineHost>()
            .AddSingleton<IMachineHost>(provider => provider.GetRequiredService<MachineHost>())
            .AddSingleton<IImageLibrary, ImageLibrary>()
            .AddSingleton<IHostedService, EngineStartup>();
    }
}
