using Mayfly.Cli;

return await CliApplication.RunAsync(args, CliEnvironment.OfProcess());
