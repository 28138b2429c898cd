using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Mayfly.Agent.Attaching;
using Mayfly.Agent.Native;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Environments;

/// <summary>Mounts shares of SMB servers, by the kernel's own client, and shows folders of theirs in the home.</summary>
internal static unsafe class DriveMount
{
    private const string Places = "/media";
    private const uint ForOwner = 0x1C0;

    /// <summary>Mounts a share at its place. What it says it is - a device, a program of root, a link to elsewhere - is not believed.</summary>
    /// <exception cref="SystemCallException">It could not be mounted, and what the kernel says of it.</exception>
    /// <exception cref="SocketException">The server has no address.</exception>
    internal static void Mount(NetworkDrive drive, DesktopAccount account)
    {
        var place = PlaceOf(drive.Name);
        // It was mounted before: a session that goes on after its machine had been asked once already.
        if (IsMounted(place))
            return;
        Directory.CreateDirectory(place);
        var attributes = LibcMount.NoSetUserId | LibcMount.NoDevices | LibcMount.NoSymbolicLinks | (drive.ReadOnly ? LibcMount.ReadOnlyMount : 0);
        using var mount = LooseMount.Make("cifs", Options(drive, account), attributes);
        mount.Place(place);
    }

    /// <summary>Shows a folder of a drive in the place of one of the home; it is made where it is missing.</summary>
    internal static void Redirect(RedirectedFolder folder, DesktopAccount account)
    {
        var place = PlaceOf(folder.Drive);
        if (!IsMounted(place))
            throw new IOException($"the drive {folder.Drive} is not there");
        var source = folder.Path.Length == 0 ? place : $"{place}/{folder.Path}";
        Directory.CreateDirectory(source);
        // By its descriptor: a link that its user puts there leads nowhere.
        var target = OpenFolder($"{account.Home}/{folder.Folder}", account);
        try
        {
            using var mount = LooseMount.Copy(source);
            mount.PlaceOver(target);
        }
        finally
        {
            _ = Libc.Close(target);
        }
    }

    private static string PlaceOf(string drive) => $"{Places}/{drive}";

    private static bool IsMounted(string place) => MountTable.Read().At(place) is not null;

    private static int OpenFolder(string path, DesktopAccount account)
    {
        if (FileStatus.TryOf(path) is null)
        {
            Directory.CreateDirectory(path, (UnixFileMode)ForOwner);
            SystemCallException.Check(Libc.ChangeOwner(path, account.Id, account.Group), $"chown {path}");
        }
        return SystemCallException.Check(Libc.Open(path, Constants.ReadOnly | Constants.Folder | Constants.NoFollow | Constants.CloseOnExec, 0), $"open {path}");
    }

    private static List<(string Key, string? Value)> Options(NetworkDrive drive, DesktopAccount account)
    {
        List<(string, string?)> options =
        [
            ("source", $"//{drive.Server}/{drive.Path}"),
            ("ip", AddressOf(drive.Server)),
            ("port", drive.Port.ToString(CultureInfo.InvariantCulture)),
            ("uid", account.Id.ToString(CultureInfo.InvariantCulture)),
            ("gid", account.Group.ToString(CultureInfo.InvariantCulture)),
            ("forceuid", null),
            ("forcegid", null),
            ("file_mode", "0700"),
            ("dir_mode", "0700"),
        ];
        if (drive.User is { } user)
            options.AddRange([("username", user), ("password", drive.Password ?? "")]);
        else
            options.Add(("sec", "none"));
        if (drive.Domain is { } domain)
            options.Add(("domain", domain));
        return options;
    }

    private static string AddressOf(string server) => Dns.GetHostAddresses(server, AddressFamily.InterNetwork) is [var first, ..] ? first.ToString() : throw new IOException($"{server} has no address");
}
