using System.Text.Json;
using Mayfly.Engine;
using Mayfly.ForkBench;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Spectre.Console;

// Usage: Mayfly.ForkBench DATA-DIRECTORY RECIPES AGENT IMAGE [COUNT] [REPORT.json]
if (args.Length < 4)
{
    Console.Error.WriteLine("usage: Mayfly.ForkBench DATA-DIRECTORY RECIPES AGENT IMAGE [COUNT] [REPORT.json]");
    return 2;
}

var builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddMayflyEngine(new EngineOptions { DataDirectory = args[0], RecipeDirectory = args[1], AgentPath = args[2] });
using var host = builder.Build();
await host.StartAsync();
var measured = await new ForkRun(
    host.Services.GetRequiredService<IImageLibrary>(), host.Services.GetRequiredService<IMachineHost>(), args[3], args.Length > 4 ? int.Parse(args[4]) : 20)
    .RunAsync(CancellationToken.None);
await host.StopAsync();

var table = new Table().AddColumns("measure", "median", "p95", "n");
foreach (var measure in measured)
    table.AddRow(measure.Name, $"{measure.Median:0.0} {measure.Unit}", $"{measure.P95:0.0}", $"{measure.Count}");
AnsiConsole.Write(table);
if (args.Length > 5)
    await File.WriteAllTextAsync(args[5], JsonSerializer.Serialize(measured, JsonSerializerOptions.Web));
return 0;
