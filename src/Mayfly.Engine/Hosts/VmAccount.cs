using System.Globalization;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Hosts;

/// <summary>The account QEMU runs as, and how a command line changes to it. Never root.</summary>
/// <param name="Name">Account name.</param>
/// <param name="UserId">Numeric user, or null when mayflyd is not root itself and QEMU simply runs as the same user.</param>
/// <param name="GroupId">Numeric group.</param>
/// <param name="KvmGroupId">Group that may open /dev/kvm, or null.</param>
internal sealed record VmAccount(string Name, int? UserId, int? GroupId, int? KvmGroupId)
{
    /// <summary>Absolute path of util-linux' setpriv, an essential package.</summary>
    public const string SetPriv = "/usr/bin/setpriv";

    /// <summary>Finds the account, or null when mayflyd is root and there is no such account.</summary>
    public static VmAccount? Find(string name)
    {
        if (Native.EffectiveUserId() != 0)
            return new VmAccount(Environment.UserName, null, null, null);
        return Fields("/etc/passwd", name) is { } user
            ? new VmAccount(name, Number(user[2]), Number(user[3]), Fields("/etc/group", "kvm") is { } kvm ? Number(kvm[2]) : null)
            : null;
    }

    /// <summary>setpriv's arguments before the program: drops user, groups, capabilities and any way to regain them.</summary>
    public IReadOnlyList<string> DropArguments() => UserId is null
        ? ["--no-new-privs", "--"]
        :
        [
            $"--reuid={UserId}", $"--regid={GroupId}", KvmGroupId is null ? "--clear-groups" : $"--groups={KvmGroupId}",
            "--no-new-privs", "--inh-caps=-all", "--ambient-caps=-all", "--bounding-set=-all", "--",
        ];

    private static int Number(string field) => int.Parse(field, CultureInfo.InvariantCulture);

    private static string[]? Fields(string file, string name) =>
        File.ReadLines(file).Select(line => line.Split(':')).FirstOrDefault(fields => fields.Length > 3 - 1 && fields[0] == name);
}
