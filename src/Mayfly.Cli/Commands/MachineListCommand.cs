using System.CommandLine;
using Mayfly.Cli.Notation;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>machine list</c>.</summary>
internal sealed class MachineListCommand : ViewCommand<List<MachineView>>
{
    private readonly Option<string?> _pool = new("--pool") { Description = "Those of this pool" };
    private readonly Option<MachineState?> _state = ReadOption.Choice<MachineState>("--state", "Those in this state");
    private readonly Option<string?> _user = new("--user") { Description = "Those lent to this user, or theirs" };
    private readonly Option<string?> _host = new("--host") { Description = "Those on this host" };
    private readonly Option<string?> _search = new("--search") { Description = "Those with this in their name" };

    public MachineListCommand(CliEnvironment environment)
        : base(environment, "list", "List machines.")
    {
        foreach (var option in (Option[])[_pool, _state, _user, _host, _search])
            Options.Add(option);
    }

    protected override Task<Outcome<List<MachineView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.MachinesAsync(parsed.GetValue(_pool), parsed.GetValue(_state), parsed.GetValue(_user), parsed.GetValue(_host), parsed.GetValue(_search), cancellationToken);

    protected override IRenderable Render(List<MachineView> machines) => MachineTable.Of(machines);
}
