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
            // A name can hold all that ends a line elsewhere.
            foreach (var line in File.ReadAllText($"/proc/{process}/status").Split('\n'))
            {
                var words = line.Split((char[])[':', '\t'], StringSplitOptions.RemoveEmptyEntries);
                if (words is ["PPid", var id] && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var one))
                    parent = one;
                else if (words is ["Uid", var user, ..] && parent is { } known && uint.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out var account))
                    return new ProcessStatus(known, account);
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It has ended.
        }
        return null;
    }
}
