using System.Text;

namespace Mayfly.Server.Displays.Viewers;

/// <summary>The file that tells remote-viewer what to open.</summary>
internal static class ViewerFile
{
    public const string ContentType = "application/x-virt-viewer";

    /// <summary>The file's text.</summary>
    /// <param name="host">Name or address of mayflyd as the viewer finds it.</param>
    /// <param name="port">Port of the viewers' listener.</param>
    /// <param name="password">One-use password.</param>
    /// <param name="title">What the viewer's window says.</param>
    /// <param name="authority">PEM certificate the viewer has to trust, or null.</param>
    public static string Write(string host, int port, string password, string title, string? authority)
    {
        var text = new StringBuilder("[virt-viewer]\ntype=vnc\n")
            .Append("host=").Append(host).Append('\n')
            .Append("port=").Append(port).Append('\n')
            .Append("password=").Append(password).Append('\n')
            .Append("title=").Append(title).Append('\n')
            .Append("delete-this-file=1\n");
        // A key file has one line a value.
        if (authority is not null) text.Append("ca=").Append(authority.ReplaceLineEndings("\\n")).Append('\n');
        return text.ToString();
    }
}
