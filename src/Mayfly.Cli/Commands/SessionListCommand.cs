using System.CommandLine;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>session list</c>.</summary>
internal sealed class SessionListCommand : ViewCommand<List<SessionView>>
{
    private readonly Option<string?> _pool = new("--pool") { Description = "Those in this pool" };
    private readonly Option<string?> _user = new("--user") { Description = "Those of this user" };
    private readonly Option<string?> _machine = new("--machine") { Description = "Those on this machine" };
    private readonly Option<string?> _state = new Option<string?>("--state") { Description = "Those in this state" }
        .AcceptOnlyFromAmong("open", "connected", "disconnected", "ended");

    public SessionListCommand(CliEnvironment environment)
        : base(environment, "list", "List sessions.")
    {
        foreach (var option in (Option[])[_pool, _user, _machine, _state])
            Options.Add(option);
    }

    protected override Task<Outcome<List<SessionView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.SessionsAsync(parsed.GetValue(_pool), parsed.GetValue(_user), parsed.GetValue(_machine), parsed.GetValue(_state), cancellationToken);

    protected override IRenderable Render(List<SessionView> sessions) => SessionTable.Of(sessions);
}
