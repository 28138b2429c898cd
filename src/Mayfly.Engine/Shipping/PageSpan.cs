using System.Runtime.InteropServices;

namespace Mayfly.Engine.Shipping;

/// <summary>Pages next to one another in one file, none of them all zero. Laid out as it is sent and kept.</summary>
/// <param name="Page">Number of the first in its file.</param>
/// <param name="File">Index of the file.</param>
/// <param name="Count">How many.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct PageSpan(long Page, int File, int Count)
{
    /// <summary>Where the first lies in its file, in bytes.</summary>
    public long Offset => Page * PageHash.PageBytes;
}
