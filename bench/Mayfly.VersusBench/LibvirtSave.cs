using System.Buffers.Binary;
using System.Text;

namespace Mayfly.VersusBench;

/// <summary>
/// Makes the saved state of one machine that of another. A machine saved by libvirt can be started once, and only as itself; the file begins
/// with its definition, so that a copy with other names in there is that of a machine which might have been saved at the same moment.
/// </summary>
internal static class LibvirtSave
{
    // "LibvirtQemudSave" or its unfinished form, then numbers of four bytes: version, length of the definition, and others.
    private const int LengthAt = 20;
    private const int HeaderBytes = 92;

    /// <summary>Writes the names of another machine over those of the one that was saved.</summary>
    public static void Rename(string path, LibvirtDomain from, LibvirtDomain to)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        var header = new byte[HeaderBytes];
        RandomAccess.Read(file, header, 0);
        var definition = new byte[BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(LengthAt))];
        RandomAccess.Read(file, definition, HeaderBytes);
        // One byte a character, whatever it is: all names have the same length.
        var renamed = Encoding.Latin1.GetString(definition).Replace(from.Name, to.Name, StringComparison.Ordinal).Replace(from.Uuid, to.Uuid, StringComparison.Ordinal);
        RandomAccess.Write(file, Encoding.Latin1.GetBytes(renamed), HeaderBytes);
    }
}
