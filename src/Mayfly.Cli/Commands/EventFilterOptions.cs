using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary>Options on which events are meant.</summary>
internal sealed class EventFilterOptions
{
    private readonly Option<long?> _after = new("--after") { Description = "Events with a higher number, oldest first; the newest when left out" };
    private readonly Option<long?> _before = new("--before") { Description = "Events with a lower number" };
    private readonly Option<int> _limit = new("--limit") { Description = "Most events shown", DefaultValueFactory = _ => 100 };
    private readonly Option<string?> _level = new Option<string?>("--level") { Description = "Those of this level" }.AcceptOnlyFromAmong("info", "warning", "error");
    private readonly Option<string?> _kind = new("--kind") { Description = "Those of this kind, such as machine.ready" };
    private readonly Option<string?> _user = new("--user") { Description = "Those about this user" };
    private readonly Option<string?> _pool = new("--pool") { Description = "Those about this pool" };
    private readonly Option<string?> _machine = new("--machine") { Description = "Those about this machine" };
    private readonly Option<string?> _search = new("--search") { Description = "Those with this in their message" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_after, _before, _limit, _level, _kind, _user, _pool, _machine, _search])
            command.Options.Add(option);
    }

    public EventFilter Read(ParseResult parsed) => new()
    {
        After = parsed.GetValue(_after),
        Before = parsed.GetValue(_before),
        Limit = parsed.GetValue(_limit),
        Level = parsed.GetValue(_level),
        Kind = parsed.GetValue(_kind),
        User = parsed.GetValue(_user),
        Pool = parsed.GetValue(_pool),
        Machine = parsed.GetValue(_machine),
        Search = parsed.GetValue(_search),
    };
}
