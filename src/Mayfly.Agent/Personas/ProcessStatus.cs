using System.Globalization;

namespace Mayfly.Agent.Personas;

/// <summary>What the kernel says of a process.</summary>
/// <param name="Parent">Process id of who started it; that of the first process when that one has ended.</param>
/// <param name="User">Number of its account.</param>
internal readonly record struct ProcessStatus(int Parent, uint User)
{
    /// <summary>That of a process, or null when there is none.</summary>
    internal static ProcessStatus? TryOf(int process)
    {
        try
        {
            int? parent = null;
            foreach (var line in File.ReadLines($"/proc/{process}/status"))
            {
                var words = line.Split((char[])[':', '\t'], StringSplitOptions.RemoveEmptyEntries);
                if (words is ["PPid", var id])
                    parent = int.Parse(id, CultureInfo.InvariantCulture);
                else if (words is ["Uid", var user, ..] && parent is { } known)
                    return new ProcessStatus(known, uint.Parse(user, CultureInfo.InvariantCulture));
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It has ended.
        }
        return null;
    }
}
