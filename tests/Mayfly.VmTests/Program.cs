// The tests, or one of the processes that a test needs beside itself.
switch (args)
{
    case [AbandonedEngine.Holding, var root, var name, var version]:
        await AbandonedEngine.HoldAsync(root, new ImageVersion(name, version));
        return 0;
    case [AbandonedEngine.Publishing, var root, var name, var version]:
        await AbandonedEngine.PublishAsync(root, new ImageVersion(name, version));
        return 0;
    case [Examination.Verb, var root, var name, var version]:
        await Examination.RunAsync(root, new ImageVersion(name, version));
        return 0;
    default:
        return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
}
