using System.Text;
using Mayfly.Agent.Attaching;
using Mayfly.Agent.Native;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Environments;

/// <summary>Files by which a desktop is told things. They are the system's and not the home's: none of them is saved as somebody's own, and what a user chooses counts more.</summary>
internal sealed class SessionFiles(GuestPaths paths)
{
    private const uint ReadByAll = 0x1A4;
    private const string Prefix = "mayfly-shortcut-";
    private readonly string _entries = paths.In($"{AttachPaths.Share}/applications");

    /// <summary>Shows these in the menu.</summary>
    internal void WriteShortcuts(IReadOnlyList<Shortcut> shortcuts)
    {
        foreach (var shortcut in shortcuts)
            Write($"{_entries}/{Prefix}{shortcut.Id}.desktop", TextOf(shortcut));
    }

    /// <summary>Says what opens which kind of file.</summary>
    internal void WriteTypes(IReadOnlyList<FileTypeDefault> types)
    {
        if (types.Count > 0)
            Write($"{_entries}/mimeapps.list", types.Aggregate(new StringBuilder("[Default Applications]\n"), (text, type) => text.Append(type.Type).Append('=').Append(type.Entry).Append('\n')).ToString());
    }

    /// <summary>Says which server prints.</summary>
    internal void WritePrinting(PrintServer? printing)
    {
        if (printing is null)
            return;
        Write(paths.In("/etc/cups/client.conf"), $"ServerName {printing.Server}\n");
        if (printing.Printer is { } printer)
            Write(paths.In("/etc/cups/lpoptions"), $"Default {printer}\n");
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        SystemFile.WriteNew(path, text, ReadByAll);
    }

    private static string TextOf(Shortcut shortcut) =>
        $"""
        [Desktop Entry]
        Type=Application
        Name={Escape(shortcut.Name)}
        Icon={Escape(shortcut.Icon ?? "applications-internet")}
        Exec={Escape(shortcut.Command)}

        """;

    private static string Escape(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal);
}
