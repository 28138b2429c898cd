using Mayfly.AttachBench;
using Mayfly.Engine;
using Mayfly.ForkBench;
using Microsoft.Extensions.DependencyInjection;

return await EngineBench.RunAsync(args, (services, image, count) => new AttachRun(
    services.GetRequiredService<IImageLibrary>(), services.GetRequiredService<IMachineHost>(), services.GetRequiredService<IPackageLibrary>(),
    services.GetRequiredService<IVolumeLibrary>(), services.GetRequiredService<IPersonaLibrary>(), image, count).RunAsync(CancellationToken.None));
