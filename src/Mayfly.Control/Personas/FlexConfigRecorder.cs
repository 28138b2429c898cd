using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Machines;

namespace Mayfly.Control.Personas;

/// <summary>
/// Finds out what belongs to a program: what is written to the home of a desktop while somebody uses it. The desktop itself remembers
/// since when, so nothing is to be cleared away when nobody comes back.
/// </summary>
public sealed class FlexConfigRecorder(MachineCatalog machines, FlexConfigBook configs)
{
    private const int MostFiles = 2000;
    private const int Seconds = 60;
    private const int NotBegun = 3;
    private const string Mark = "/run/mayfly/recording";

    // The home of the first person, or root's where there is none. Names with a line end in them are nobody's settings.
    private static readonly string s_find = $$"""
        [ -e {{Mark}} ] || exit {{NotBegun}}
        home=$({{GuestHome.Find}})
        cd "${home:-/root}" && find . -xdev -type f -newer {{Mark}} | sort | head -n {{MostFiles}}
        """;

    /// <summary>Begins, or begins anew: what is written to the home from now on counts. Faults: those of running a program in a machine.</summary>
    public async Task<Outcome<Done>> BeginAsync(string machine, string actor, CancellationToken cancellationToken)
    {
        var ran = await machines.ExecAsync(machine, new ExecMachineRequest(["sh", "-c", $": >{Mark}"], Seconds), actor, cancellationToken);
        if (!ran.TryGet(out var result, out var fault)) return fault;
        return result.ExitCode == 0 ? Done.Yes : Failed(machine, result);
    }

    /// <summary>Tells what was written since, as a Flex config to go on from. Faults: MachineStateWrong when nothing was begun, those of running a program.</summary>
    public async Task<Outcome<FlexConfigProposal>> ProposeAsync(string machine, string actor, CancellationToken cancellationToken)
    {
        var ran = await machines.ExecAsync(machine, new ExecMachineRequest(["sh", "-c", s_find], Seconds), actor, cancellationToken);
        if (!ran.TryGet(out var result, out var fault)) return fault;
        if (result.ExitCode == NotBegun)
            return new Fault(ErrorCode.MachineStateWrong, $"Nothing is recorded on '{machine}'.", null, "Begin a recording first, and then use the program on that desktop.");
        if (result.ExitCode != 0) return Failed(machine, result);
        return WrittenFiles.Propose([.. result.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries)], await configs.ReadAsync(cancellationToken));
    }

    private static Fault Failed(string machine, ExecResult result) => new(ErrorCode.AgentRefused, $"The home on '{machine}' can not be looked through.", result.Stderr.Trim());
}
