using System.Formats.Tar;
using System.Text;

namespace Mayfly.BrowserTests.Apps;

/// <summary>A tar archive made by the test that can be imported as a package: a program with a menu entry, and a file that gives rights.</summary>
internal static class ToolArchive
{
    private const UnixFileMode Readable = (UnixFileMode)0b110_100_100;
    private const UnixFileMode Runnable = (UnixFileMode)0b111_101_101;

    /// <summary>Makes it in a directory and returns its path.</summary>
    public static async Task<string> MakeAsync(string directory)
    {
        var path = Path.Combine(directory, "tool.tar");
        await using var archive = new TarWriter(File.Create(path));
        await AddAsync(archive, "usr/bin/tool", "#!/bin/sh\necho tool\n", Runnable);
        await AddAsync(archive, "usr/bin/tool-as-root", "#!/bin/sh\nid\n", Runnable | UnixFileMode.SetUser);
        await AddAsync(archive, "usr/share/applications/tool.desktop", "[Desktop Entry]\nType=Application\nName=Tool\nComment=Does something\nExec=tool\n", Readable);
        return path;
    }

    private static Task AddAsync(TarWriter archive, string name, string text, UnixFileMode mode) =>
        archive.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { Mode = mode, DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
}
