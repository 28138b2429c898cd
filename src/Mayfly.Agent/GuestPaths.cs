namespace Mayfly.Agent;

/// <summary>Where the guest's files are. Tests put another folder in place of the root.</summary>
/// <param name="Root">Folder that stands for "/", without a slash at the end; empty for the guest itself.</param>
internal sealed record GuestPaths(string Root = "")
{
    /// <summary>The agent's own folder in memory.</summary>
    internal string RunFolder => In("/run/mayfly");

    /// <summary>What the session of the desktop may write to; the agent's own folder it may not.</summary>
    internal string DesktopFolder => In("/run/mayfly/desktop");

    /// <summary>Appears when the desktop is drawn.</summary>
    internal string DesktopReady => $"{DesktopFolder}/ready";

    /// <summary>The image's own program that gives its screen another size: <c>set-screen WIDTH HEIGHT</c>. Missing where there is no desktop.</summary>
    internal string SetScreen => In("/usr/lib/mayfly/set-screen");

    /// <summary>Where the volume of a capture is mounted.</summary>
    internal string CaptureVolume => In(Attaching.AttachPaths.Volume);

    /// <summary>The path of a file of the guest.</summary>
    internal string In(string path) => Root + path;
}
