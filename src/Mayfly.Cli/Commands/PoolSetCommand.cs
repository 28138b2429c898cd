using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool set</c>.</summary>
internal sealed class PoolSetCommand : PoolChangeCommand
{
    private readonly PoolSettingsOptions _settings = new();

    public PoolSetCommand(CliEnvironment environment)
        : base(environment, "set", "Change settings of a pool; what is not named stays as it is.") => _settings.AddTo(this);

    protected override Outcome<PoolSettings> Change(PoolSettings settings, CliSession cli, ParseResult parsed) =>
        _settings.Apply(parsed, settings, cli.Environment.Clock);
}
