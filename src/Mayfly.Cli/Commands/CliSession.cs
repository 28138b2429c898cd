using Mayfly.Cli.Client;
using Mayfly.Cli.Output;

namespace Mayfly.Cli.Commands;

/// <summary>What one run of a verb works with.</summary>
/// <param name="Client">The API.</param>
/// <param name="Report">What it says.</param>
/// <param name="Environment">The process.</param>
internal sealed record CliSession(MayflyClient Client, Report Report, CliEnvironment Environment);
