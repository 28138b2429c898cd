using System.CommandLine;
using Mayfly.Cli.Output;

namespace Mayfly.Cli.Commands;

/// <summary>Options every verb has.</summary>
internal static class CommonOptions
{
    public static Option<OutputFormat> Output { get; } = CreateOutput();

    private static Option<OutputFormat> CreateOutput() => new("--output", "-o")
    {
        Description = "What to print; table when left out",
        Recursive = true,
        HelpName = "table|json",
    };
}
