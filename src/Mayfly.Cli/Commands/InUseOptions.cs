using System.CommandLine;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary>What becomes of machines in use when a pool moves to another version.</summary>
internal sealed class InUseOptions
{
    private readonly Option<bool> _force = new("--force")
    {
        Description = "Warn users and log them off when the grace time is over, instead of waiting for their log-off",
    };

    private readonly Option<int> _grace = new("--grace") { Description = "Seconds between warning and forced log-off", DefaultValueFactory = _ => 300 };

    public void AddTo(Command command)
    {
        command.Options.Add(_force);
        command.Options.Add(_grace);
    }

    public InUseRule Rule(ParseResult parsed) => parsed.GetValue(_force) ? InUseRule.ForceLogoff : InUseRule.WaitForLogoff;

    public int GraceSeconds(ParseResult parsed) => parsed.GetValue(_grace);
}
