using System.Text;

namespace Mayfly.VmTests.House;

/// <summary>Adds to an initial RAM disk: the kernel unpacks several archives that follow each other ("newc" cpio) over one another.</summary>
internal static class InitrdAddition
{
    private const int Alignment = 4;
    private const uint DirectoryMode = 0x41ED;

    public static void AddDirectory(string initrd, string name)
    {
        using var file = new FileStream(initrd, FileMode.Append);
        file.Write(new byte[(Alignment - (file.Position % Alignment)) % Alignment]);
        file.Write(Entry(name, DirectoryMode));
        file.Write(Entry("TRAILER!!!", 0));
    }

    private static byte[] Entry(string name, uint mode)
    {
        uint[] fields = [0, mode, 0, 0, 1, 0, 0, 0, 0, 0, 0, (uint)name.Length + 1, 0];
        var text = $"070701{string.Concat(fields.Select(field => field.ToString("X8", System.Globalization.CultureInfo.InvariantCulture)))}{name}\0";
        return Encoding.ASCII.GetBytes(text.PadRight((text.Length + Alignment - 1) / Alignment * Alignment, '\0'));
    }
}
