using Mayfly.Contracts.Api;
using Mayfly.Control.Storage;

namespace Mayfly.Control.Volumes;

/// <summary>Which volumes are wanted. What is null does not matter.</summary>
/// <param name="User">Whose.</param>
/// <param name="Pool">Pool whose machine has them.</param>
/// <param name="State">Where they are.</param>
/// <param name="Search">Part of a user's name, or of a machine's.</param>
public sealed record VolumeFilter(string? User = null, string? Pool = null, VolumeState? State = null, string? Search = null)
{
    internal IQueryable<VolumeRow> Of(IQueryable<VolumeRow> found)
    {
        found = found.Where(v => v.Made);
        if (User is not null) found = found.Where(v => v.User == User);
        if (Pool is not null) found = found.Where(v => v.Pool == Pool);
        found = State switch
        {
            VolumeState.Attached => found.Where(v => v.MachineId != null),
            VolumeState.Detached => found.Where(v => v.MachineId == null && v.Enabled),
            VolumeState.Disabled => found.Where(v => v.MachineId == null && !v.Enabled),
            _ => found,
        };
        if (string.IsNullOrWhiteSpace(Search)) return found;
        var pattern = LikePattern.Containing(Search);
        return found.Where(v => LikePattern.Finds(pattern, v.User) || LikePattern.Finds(pattern, v.Machine));
    }
}
