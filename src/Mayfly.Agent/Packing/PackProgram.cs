using System.Globalization;
using System.Text;
using Mayfly.Agent.Native;

namespace Mayfly.Agent.Packing;

/// <summary>The agent as the program that packs: says bytes and entries, or why it could not.</summary>
internal static class PackProgram
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Packs a volume onto a disk, from its first byte on. The disk has it all when this returns.</summary>
    /// <returns>Exit status.</returns>
    internal static int Run(string volume, string disk)
    {
        try
        {
            using var file = File.OpenHandle(disk, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            using var output = new FileStream(file, FileAccess.Write, BufferBytes);
            int entries;
            using (var packer = new TreePacker(output))
            {
                foreach (var part in (string[])["usr", "opt", "etc"])
                    packer.AddTree(Path.Combine(volume, part), part);
                entries = packer.Entries;
            }

            output.Flush();
            var bytes = output.Position;
            RandomAccess.FlushToDisk(file);
            SystemFile.WriteAll(1, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes} {entries}")), "the answer");
            return 0;
        }
        catch (Exception problem) when (problem is SystemCallException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            Diagnostics.Say(problem.Message);
            return 1;
        }
    }
}
