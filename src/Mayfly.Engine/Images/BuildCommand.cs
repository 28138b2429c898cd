using System.Globalization;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Images;

/// <summary>
/// The mmdebstrap command of a recipe. mmdebstrap works as root and, by way of a user namespace, as an ordinary user; all that needs
/// root's view of the files is therefore done by its hooks, in <c>images/common/assemble</c>.
/// </summary>
/// <param name="Recipe">What to build.</param>
/// <param name="AgentPath">The guest agent's binary.</param>
/// <param name="Sources">Lines of a sources.list.</param>
/// <param name="OutputDirectory">Where <see cref="Disk"/>, <see cref="Kernel"/> and <see cref="Initrd"/> go.</param>
/// <param name="WorkDirectory">Where the root is laid out; mapped root users must reach it.</param>
internal sealed record BuildCommand(Recipe Recipe, string AgentPath, IReadOnlyList<string> Sources, string OutputDirectory, string WorkDirectory)
{
    public const string Disk = "disk.raw";
    public const string Kernel = "vmlinuz";
    public const string Initrd = "initrd";

    /// <summary>Seconds; later times in the image are set to it, so that two builds of the same packages are alike. 2026-01-01.</summary>
    public const long SourceDateEpoch = 1767225600;

    private const string Inside = "/tmp/mayfly";

    // Manuals and translations: a third of a desktop's files, and each is one more that a build copies and a disk holds.
    private static readonly string[] s_leftOut =
    [
        "path-exclude=/usr/share/doc/*", "path-include=/usr/share/doc/*/copyright", "path-exclude=/usr/share/man/*",
        "path-exclude=/usr/share/info/*", "path-exclude=/usr/share/help/*", "path-exclude=/usr/share/locale/*",
        "path-include=/usr/share/locale/locale.alias",
    ];

    // What the assembly itself calls inside the root.
    private static readonly string[] s_tools = ["busybox-static", "e2fsprogs", "kmod", "liblzma5"];
    private static readonly string[] s_toolsUnpacked = ["base-files", "libc6"];

    /// <summary>The command. Descriptor 9 is the disk: a mapped root may not enter our directories, but may write what is open.</summary>
    public ToolStart ToTool(Action<string> onLine) => new(
        "sh",
        "dash",
        ["-c", "exec 9<>\"$0\" && exec \"$@\"", Path.Combine(OutputDirectory, Disk), "mmdebstrap", .. Arguments()])
    {
        Environment = new Dictionary<string, string>
        {
            ["TMPDIR"] = WorkDirectory,
            ["SOURCE_DATE_EPOCH"] = Number(SourceDateEpoch),
            ["INITRD"] = "No",
            ["MAYFLY_KIND"] = Recipe.Kind is RecipeKind.Disk ? "disk" : "initramfs",
            ["MAYFLY_MODULES"] = string.Join(' ', Recipe.Modules),
            ["MAYFLY_DISK_MIB"] = Number(Recipe.DiskMib),
        },
        OnLine = onLine,
    };

    /// <summary>mmdebstrap's arguments.</summary>
    public IReadOnlyList<string> Arguments() =>
    [
        .. Recipe.Kind is RecipeKind.Disk ? Installed() : Unpacked(),
        "--components=main",
        "--aptopt=APT::Install-Recommends \"false\"",
        // Cleaning is the assembly's, before it makes the disk.
        "--skip=cleanup",
        "--format=null",
        .. Hooks().Select(hook => $"{(Recipe.Kind is RecipeKind.Disk ? "--customize-hook" : "--extract-hook")}={hook}"),
        Recipe.Suite,
        "/dev/null",
        .. Sources,
    ];

    private IEnumerable<string> Installed() =>
        ["--variant=minbase", Include(s_tools), .. s_leftOut.Select(option => $"--dpkgopt={option}")];

    private IEnumerable<string> Unpacked() => ["--variant=extract", Include([.. s_tools, .. s_toolsUnpacked])];

    private string Include(IEnumerable<string> tools) => $"--include={string.Join(',', [Recipe.Kernel, .. tools, .. Recipe.Packages])}";

    private IEnumerable<string> Hooks() =>
    [
        $"mkdir -p \"$1{Inside}/common\" \"$1{Inside}/recipe\"",
        $"sync-in {Quote(Recipe.CommonDirectory)} {Inside}/common",
        $"sync-in {Quote(Recipe.Directory)} {Inside}/recipe",
        $"upload {Quote(AgentPath)} {Inside}/agent",
        $"sh \"$1{Inside}/common/assemble\" \"$1\"",
        $"download {Inside}/vmlinuz {Quote(Path.Combine(OutputDirectory, Kernel))}",
        $"download {Inside}/initrd {Quote(Path.Combine(OutputDirectory, Initrd))}",
    ];

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
