using Mayfly.Engine;
using Mayfly.ForkBench;
using Microsoft.Extensions.DependencyInjection;

return await EngineBench.RunAsync(args, (services, image, count) =>
    new ForkRun(services.GetRequiredService<IImageLibrary>(), services.GetRequiredService<IMachineHost>(), image, count).RunAsync(CancellationToken.None));
