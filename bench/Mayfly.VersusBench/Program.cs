using System.CommandLine;
using Mayfly.Engine;
using Mayfly.VersusBench;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var data = new Argument<string>("data") { Description = "Data directory, absolute." };
var recipes = new Argument<string>("recipes") { Description = "Directory of the recipes." };
var agent = new Argument<string>("agent") { Description = "The guest agent." };
var image = new Argument<string>("image") { Description = "Recipe to measure." };
var report = new Argument<string>("report") { Description = "File to write, JSON." };
var rounds = new Option<int>("--rounds") { Description = "Clones of each way.", DefaultValueFactory = _ => 8 };
var boots = new Option<int>("--boots") { Description = "Clones of each way that boots.", DefaultValueFactory = _ => 2 };
var crowds = new Option<int[]>("--crowds") { Description = "Clones at once, ascending.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1, 10, 50, 64] };
var patience = new Option<int>("--patience") { Description = "Seconds; a crowd that would take longer is not tried.", DefaultValueFactory = _ => 90 };

var command = new RootCommand("Measures Mayfly's forks beside other ways to come to a desktop.") { data, recipes, agent, image, report, rounds, boots, crowds, patience };
command.SetAction(async parsed =>
{
    var builder = Host.CreateApplicationBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Warning);
    builder.Services.AddMayflyEngine(new EngineOptions
    {
        DataDirectory = parsed.GetRequiredValue(data),
        RecipeDirectory = parsed.GetRequiredValue(recipes),
        AgentPath = parsed.GetRequiredValue(agent),
        // A busy host makes a boot long, and is no reason to have nothing.
        BootDeadline = TimeSpan.FromMinutes(20),
    });
    using var host = builder.Build();
    await host.StartAsync();
    // Ctrl+C and SIGTERM end the measuring, and then all that it has started.
    var stop = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
    var options = new VersusOptions(
        parsed.GetRequiredValue(image), parsed.GetValue(rounds), parsed.GetValue(boots), parsed.GetRequiredValue(crowds), TimeSpan.FromSeconds(parsed.GetValue(patience)));
    try
    {
        await Versus.MeasureAsync(host.Services, options, parsed.GetRequiredValue(report), stop);
        return 0;
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        return 130;
    }
    finally
    {
        await host.StopAsync();
    }
});
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
