namespace Mayfly.Cli;

/// <summary>All the CLI takes from the process it runs in, so that tests can hand in their own.</summary>
/// <param name="Variable">Reads an environment variable; null when it is not set.</param>
/// <param name="In">Standard input.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Clock">Time.</param>
public sealed record CliEnvironment(Func<string, string?> Variable, TextReader In, TextWriter Out, TextWriter Error, TimeProvider Clock)
{
    /// <summary>The environment of this very process.</summary>
    public static CliEnvironment OfProcess() =>
        new(Environment.GetEnvironmentVariable, Console.In, Console.Out, Console.Error, TimeProvider.System);
}
