using System.CommandLine;
using Mayfly.Cli.Notation;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>pool push start</c>.</summary>
internal sealed class PushStartCommand : PushCommand
{
    private readonly Option<string?> _version = new("--version")
    {
        Description = "Image version; the newest when left out. Published first when it is not",
    };

    private readonly Option<StartTime?> _startAt = ReadOption.Of<StartTime>(
        "--start-at", "When machines begin to be replaced, local time; at once when left out", StartTime.Form, StartTime.Read);

    private readonly InUseOptions _inUse = new();
    private readonly Option<string?> _warning = new("--warning") { Description = "What warned users read" };
    private readonly Option<int> _errorThreshold = new("--error-threshold")
    {
        Description = "Failed machines in percent of all to be replaced, at which it pauses",
        DefaultValueFactory = _ => 20,
    };

    public PushStartCommand(CliEnvironment environment)
        : base(environment, "start", "Move a pool to another image version, machine by machine.", canWait: true)
    {
        Options.Add(_version);
        Options.Add(_startAt);
        _inUse.AddTo(this);
        Options.Add(_warning);
        Options.Add(_errorThreshold);
    }

    protected override Task<Outcome<PushView>> AskAsync(CliSession cli, string pool, ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = new PushImageRequest
        {
            Version = parsed.GetValue(_version),
            StartAt = parsed.GetValue(_startAt)?.From(cli.Environment.Clock),
            InUse = _inUse.Rule(parsed),
            GraceSeconds = _inUse.GraceSeconds(parsed),
            Warning = parsed.GetValue(_warning),
            ErrorThresholdPercent = parsed.GetValue(_errorThreshold),
        };
        return cli.Client.PushAsync(pool, request, cancellationToken);
    }
}
