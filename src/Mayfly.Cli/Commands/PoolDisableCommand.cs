using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool disable</c>.</summary>
internal sealed class PoolDisableCommand(CliEnvironment environment)
    : PoolChangeCommand(environment, "disable", "Make no more machines; those there are go on.")
{
    protected override Outcome<PoolSettings> Change(PoolSettings settings, CliSession cli, ParseResult parsed) =>
        settings with { ProvisioningEnabled = false };
}
