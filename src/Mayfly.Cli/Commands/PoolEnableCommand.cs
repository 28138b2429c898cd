using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool enable</c>.</summary>
internal sealed class PoolEnableCommand(CliEnvironment environment)
    : PoolChangeCommand(environment, "enable", "Make machines again, and forget the error that stopped it.")
{
    protected override Outcome<PoolSettings> Change(PoolSettings settings, CliSession cli, ParseResult parsed) =>
        settings with { ProvisioningEnabled = true };
}
