using Mayfly.Engine;

namespace Mayfly.Server.Hosting;

internal static class EngineComposition
{
    /// <summary>Adds this host's engine with what mayflyd was told.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, ServerOptions options) => services.AddMayflyEngine(new EngineOptions
    {
        DataDirectory = options.Data.Root,
        RecipeDirectory = options.RecipeDirectory,
        AgentPath = options.AgentPath,
        Accelerator = options.Accelerator,
        MachineGroup = options.MachineGroup,
    });
}
