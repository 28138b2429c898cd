using Mayfly.Contracts.Api;
using Mayfly.Control.Hosts;
using Mayfly.Control.Storage;
using Microsoft.EntityFrameworkCore;

namespace Mayfly.Control.Machines;

/// <summary>Which machines are wanted. What is null does not matter.</summary>
/// <param name="Pool">Pool they belong to.</param>
/// <param name="State">State they are in.</param>
/// <param name="User">Who has them or owns them.</param>
/// <param name="Host">Name of the host they are on.</param>
/// <param name="Search">Part of a name, a user's or an owner's name, or an address.</param>
public sealed record MachineFilter(string? Pool = null, MachineState? State = null, string? User = null, string? Host = null, string? Search = null)
{
    /// <summary>Those of <paramref name="found"/> that are wanted.</summary>
    /// <param name="found">Machines as stored.</param>
    /// <param name="starting">Ids of machines whose guest boots: that is known in memory alone.</param>
    /// <param name="customizing">Ids of machines in ClonePrep.</param>
    internal IQueryable<MachineRow> Of(IQueryable<MachineRow> found, IReadOnlyList<string> starting, IReadOnlyList<string> customizing)
    {
        if (Pool is not null) found = found.Where(m => m.Pool == Pool);
        if (User is not null) found = found.Where(m => m.User == User || m.Owner == User);
        if (Host is not null)
        {
            var host = HostRow.NameOf(Host);
            found = found.Where(m => m.Host == host);
        }

        if (State is { } state) found = InState(found, state, starting, customizing);
        if (string.IsNullOrWhiteSpace(Search)) return found;
        var pattern = LikePattern.Containing(Search);
        return found.Where(m => LikePattern.Finds(pattern, m.Name) || LikePattern.Finds(pattern, m.User)
            || LikePattern.Finds(pattern, m.Owner) || LikePattern.Finds(pattern, m.Address));
    }

    private static IQueryable<MachineRow> InState(IQueryable<MachineRow> found, MachineState state, IReadOnlyList<string> starting, IReadOnlyList<string> customizing)
    {
        var moving = found.Where(m => m.State == MachineState.Provisioning || m.State == MachineState.Provisioned);
        return state switch
        {
            MachineState.Startup => moving.Where(m => starting.Contains(m.Id)),
            MachineState.Customizing => moving.Where(m => customizing.Contains(m.Id)),
            MachineState.Provisioning or MachineState.Provisioned =>
                found.Where(m => m.State == state && !starting.Contains(m.Id) && !customizing.Contains(m.Id)),
            _ => found.Where(m => m.State == state),
        };
    }
}
