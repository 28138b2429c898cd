using System.Runtime.InteropServices;
using Mayfly.Agent.Native;
using static Mayfly.Agent.Native.Constants;

namespace Mayfly.Agent.Packing;

/// <summary>The attributes of a file that go into an archive: its capabilities, and an overlay's mark of a folder that hides those below it.</summary>
internal static unsafe class OverlayRecords
{
    private const string Opaque = "trusted.overlay.opaque";
    private const string Capability = "security.capability";

    // A folder that was renamed without a copy, or a file of which only the attributes were copied: their content is not here.
    private static readonly string[] s_references = ["trusted.overlay.redirect", "trusted.overlay.metacopy"];

    /// <summary>Records of a pax header.</summary>
    internal static Dictionary<string, string> Read(string path, bool isFolder)
    {
        var records = new Dictionary<string, string>();
        if (s_references.FirstOrDefault(name => Attribute(path, name) is not null) is { } reference)
            throw new IOException($"{path} refers to the layer below ({reference}) and can not be packed.");
        if (isFolder && Attribute(path, Opaque) is [(byte)'y'])
            records[$"SCHILY.xattr.{Opaque}"] = "y";
        // In base64, since records of the library are text.
        if (!isFolder && Attribute(path, Capability) is { } capability)
            records[$"LIBARCHIVE.xattr.{Capability}"] = Convert.ToBase64String(capability);
        return records;
    }

    private static byte[]? Attribute(string path, string name)
    {
        const int most = 256;
        var value = stackalloc byte[most];
        var length = Libc.GetAttribute(path, name, value, most);
        if (length >= 0)
            return new ReadOnlySpan<byte>(value, (int)length).ToArray();
        var error = Marshal.GetLastPInvokeError();
        return error is NoData or NotSupported ? null : throw new SystemCallException($"getxattr {path}", error);
    }
}
