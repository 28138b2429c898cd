using System.Net;
using Mayfly.Contracts.Agent;
using Mayfly.Control.Machines;
using Mayfly.Control.Sessions;
using Mayfly.Control.Storage;
using Mayfly.Engine;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Environments;

/// <summary>Finds out what conditions are held against. The desktop is asked only where one of them is about it.</summary>
public sealed class LogonFactFinder(HouseDatabase database, IMachineHost host, EnvironmentBook environments, TimeProvider time)
{
    private const int AskSeconds = 30;
    private const int MostQuestions = 500;
    private const string IsThere = "file:";
    private const string IsSo = "variable:";

    // Where paths without a "/" begin.
    private const string Script = $$"""
        cd "$({{GuestHome.Find}})" 2>/dev/null
        for asked; do
            case $asked in
            file:*) [ -e "${asked#file:}" ] ;;
            *) set_to=${asked#variable:}; [ "$(printenv "${set_to%%=*}")" = "${set_to#*=}" ] ;;
            esac && echo yes || echo no
        done
        """;

    /// <summary>Finds out what there is to know of a session.</summary>
    /// <param name="session">Which.</param>
    /// <param name="conditions">What will be asked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task<LogonFacts> FindAsync(SessionRow session, IEnumerable<Condition?> conditions, CancellationToken cancellationToken)
    {
        var asked = conditions.OfType<Condition>().SelectMany(condition => condition.Everything()).ToList();
        // Only where one refers to an environment: reading all of them, and asking the desktop, takes its time.
        var named = asked.Exists(condition => condition.Environment is not null) ? await NamedAsync(cancellationToken) : [];
        var answers = await AskAsync(session.MachineId, [.. asked, .. named.Values.OfType<Condition>().SelectMany(condition => condition.Everything())], cancellationToken);
        await using var context = await database.ReadAsync(cancellationToken);
        return new LogonFacts(
            (await context.GroupMembers.Where(m => m.User == session.User).Select(m => m.Group).ToListAsync(cancellationToken)).ToHashSet(),
            session.Pool,
            await context.Machines.Where(m => m.Id == session.MachineId).Select(m => m.Image).FirstOrDefaultAsync(cancellationToken) ?? "",
            IPAddress.TryParse(session.ClientAddress, out var client) ? client : null,
            time.GetLocalNow(),
            Those(answers, IsThere),
            Those(answers, IsSo),
            named);
    }

    private async Task<Dictionary<string, Condition?>> NamedAsync(CancellationToken cancellationToken) =>
        (await environments.ReadAsync(cancellationToken)).ToDictionary(environment => environment.Name, environment => environment.When);

    /// <summary>Those questions the desktop says yes to; none when it does not answer.</summary>
    private async Task<IReadOnlyList<string>> AskAsync(string machineId, List<Condition> conditions, CancellationToken cancellationToken)
    {
        List<string> questions =
        [
            .. conditions.Select(condition => condition.File).OfType<string>().Distinct().Select(file => IsThere + file),
            .. conditions.Select(condition => condition.Variable).OfType<string>().Distinct().Select(variable => IsSo + variable),
        ];
        if (questions.Count is 0 or > MostQuestions) return [];
        var asked = await host.ExecAsync(machineId, new ExecRequest(["sh", "-lc", Script, "sh", .. questions], AskSeconds), cancellationToken);
        var lines = asked.TryGet(out var result, out _) ? result.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
        return [.. questions.Zip(lines).Where(pair => pair.Second == "yes").Select(pair => pair.First)];
    }

    private static HashSet<string> Those(IReadOnlyList<string> answers, string kind) =>
        [.. answers.Where(answer => answer.StartsWith(kind, StringComparison.Ordinal)).Select(answer => answer[kind.Length..])];
}
