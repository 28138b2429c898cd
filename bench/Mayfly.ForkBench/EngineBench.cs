using Mayfly.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayfly.ForkBench;

/// <summary>A benchmark that drives the engine itself, without a house. Arguments: DATA-DIRECTORY RECIPES AGENT IMAGE [COUNT] [REPORT.json].</summary>
internal static class EngineBench
{
    private const int UsualCount = 20;

    /// <summary>Starts an engine, measures, prints a table and writes the report; the exit code.</summary>
    /// <param name="arguments">Of the program.</param>
    /// <param name="measure">Takes services of the engine, the image's name and how often to measure.</param>
    public static async Task<int> RunAsync(string[] arguments, Func<IServiceProvider, string, int, Task<IReadOnlyList<Measure>>> measure)
    {
        if (arguments.Length < 4)
        {
            Console.Error.WriteLine("usage: DATA-DIRECTORY RECIPES AGENT IMAGE [COUNT] [REPORT.json]");
            return 2;
        }

        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddMayflyEngine(new EngineOptions { DataDirectory = arguments[0], RecipeDirectory = arguments[1], AgentPath = arguments[2] });
        using var host = builder.Build();
        await host.StartAsync();
        await RemoveLeftAsync(host.Services.GetRequiredService<IMachineHost>());
        var measured = await measure(host.Services, arguments[3], arguments.Length > 4 ? int.Parse(arguments[4]) : UsualCount);
        await host.StopAsync();
        await MeasureReport.WriteAsync(measured, arguments.ElementAtOrDefault(5));
        return 0;
    }

    /// <summary>A run that was cut off has left its machines.</summary>
    private static async Task RemoveLeftAsync(IMachineHost machines)
    {
        foreach (var left in machines.Machines)
            await machines.DestroyAsync(left.MachineId);
    }
}
