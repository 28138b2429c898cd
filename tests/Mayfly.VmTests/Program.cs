// The tests, or one of the processes a test needs beside itself.
return args is [AbandonedEngine.Verb, var root, var name, var version]
    ? await AbandonedEngine.RunAsync(root, new ImageVersion(name, version))
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
