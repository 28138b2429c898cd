using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>capture list</c>.</summary>
internal sealed class CaptureListCommand : ViewCommand<List<CaptureView>>
{
    private readonly Option<string?> _app = new("--app") { Description = "Those of this application" };
    private readonly Option<bool> _open = new("--open") { Description = "Those that have not ended" };

    public CaptureListCommand(CliEnvironment environment)
        : base(environment, "list", "List captures, newest first.")
    {
        Options.Add(_app);
        Options.Add(_open);
    }

    protected override Task<Outcome<List<CaptureView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.CapturesAsync(parsed.GetValue(_app), parsed.GetValue(_open) ? true : null, cancellationToken);

    protected override IRenderable Render(List<CaptureView> captures) => AppTable.Of(captures);
}
