// The tests, or one of the processes that a test needs beside itself.
switch (args)
{
    case [AbandonedEngine.Holding, var root, var name, var version, var groups]:
        await AbandonedEngine.HoldAsync(root, new ImageVersion(name, version), groups);
        return 0;
    case [AbandonedEngine.Keeping, var root, var name, var version]:
        await AbandonedEngine.KeepAsync(root, new ImageVersion(name, version));
        return 0;
    case [AbandonedEngine.Attaching, var root, var name, var version]:
        await AbandonedEngine.AttachAsync(root, new ImageVersion(name, version));
        await Task.Delay(Timeout.Infinite);
        return 0;
    case [AbandonedEngine.Copying, var root, var name, var version]:
        await AbandonedEngine.CopyAsync(root, new ImageVersion(name, version));
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
