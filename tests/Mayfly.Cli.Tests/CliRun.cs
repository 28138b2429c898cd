namespace Mayfly.Cli.Tests;

/// <summary>What one run of the command line did.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    public static Task<CliRun> OfAsync(Dictionary<string, string> variables, params string[] arguments) =>
        OfAsync(variables, TestContext.Current.CancellationToken, arguments);

    public static async Task<CliRun> OfAsync(Dictionary<string, string> variables, CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CliEnvironment(
            variables.GetValueOrDefault, new StringReader("from standard input\n"), output, error, TimeProvider.System);
        var exitCode = await CliApplication.RunAsync(arguments, environment, cancellationToken);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }
}
