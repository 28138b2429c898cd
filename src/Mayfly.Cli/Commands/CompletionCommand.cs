using System.CommandLine;

namespace Mayfly.Cli.Commands;

/// <summary><c>completion</c>: a script with which a shell completes verbs, options and names. It asks this very program.</summary>
internal sealed class CompletionCommand : Command
{
    private readonly Argument<string> _shell = new Argument<string>("shell") { Description = "Which shell" }.AcceptOnlyFromAmong("bash", "zsh", "fish");

    public CompletionCommand(CliEnvironment environment)
        : base("completion", "Print a completion script for a shell, as: source <(mayfly completion bash)")
    {
        Arguments.Add(_shell);
        SetAction(async (parsed, cancellationToken) =>
        {
            await environment.Out.WriteAsync((await ReadAsync(parsed.GetRequiredValue(_shell), cancellationToken)).AsMemory(), cancellationToken);
            return ExitCodes.Ok;
        });
    }

    private static async Task<string> ReadAsync(string shell, CancellationToken cancellationToken)
    {
        await using var script = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"Mayfly.Cli.Completion.mayfly.{shell}")!;
        using var reader = new StreamReader(script);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
