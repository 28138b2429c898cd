using Mayfly.Agent.Environments;
using Mayfly.Agent.Personas;
using Mayfly.Contracts.Agent;

namespace Mayfly.Agent.Tests;

/// <summary>Environments beside a machine: what is refused, and what is written.</summary>
public sealed class EnvironmentTests : IDisposable
{
    private static readonly EnvironmentRequest s_nothing = new([], [], [], [], [], null, [], 20);
    private static readonly NetworkDrive s_drive = new("files", "files.example", 445, "staff", null, null, null, false);
    private readonly string _root = Directory.CreateTempSubdirectory("mayfly-environment-").FullName;

    public static TheoryData<string, EnvironmentRequest> Malformed => new()
    {
        { "limit", s_nothing with { DriveSeconds = 0 } },
        { "variable", s_nothing with { Variables = [new EnvironmentVariable("A;B", "c")] } },
        { "variable", s_nothing with { Variables = [new EnvironmentVariable("A", "c\nexport B=d")] } },
        { "variable", s_nothing with { Variables = [null!] } },
        { "variable", s_nothing with { Variables = null! } },
        { "drive", s_nothing with { Drives = [s_drive with { Name = "../etc" }] } },
        { "drive", s_nothing with { Drives = [s_drive with { Path = "/staff" }] } },
        { "drive", s_nothing with { Drives = [s_drive with { Path = "staff/../../x" }] } },
        { "drive", s_nothing with { Drives = [s_drive with { User = "desk,uid=0" }] } },
        { "drive", s_nothing with { Drives = [s_drive with { Server = "a b" }] } },
        { "drive", s_nothing with { Drives = [s_drive, s_drive] } },
        { "folder", s_nothing with { Drives = [s_drive], Folders = [new RedirectedFolder("../x", "files", "")] } },
        { "folder", s_nothing with { Drives = [s_drive], Folders = [new RedirectedFolder(".config/x", "files", "")] } },
        { "folder", s_nothing with { Folders = [new RedirectedFolder("Documents", "files", "")] } },
        { "shortcut", s_nothing with { Shortcuts = [new Shortcut("a/b", "A", "a", null)] } },
        { "shortcut", s_nothing with { Shortcuts = [new Shortcut("a", "A\nExec=b", "a", null)] } },
        { "file type", s_nothing with { FileTypes = [new FileTypeDefault("text/plain", "../a.desktop")] } },
        { "print", s_nothing with { Printing = new PrintServer("a\nServerName b", null) } },
        { "task", s_nothing with { Tasks = [new SessionTask("t", "true", false, 601)] } },
    };

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Objection_ToWhatLeadsElsewhere_NamesIt(string words, EnvironmentRequest request) => EnvironmentCheck.Objection(request)!.ShouldContain(words);

    [Fact]
    public void Objection_ToAllThereIs_IsNone() => EnvironmentCheck.Objection(s_nothing with
    {
        Variables = [new EnvironmentVariable("A_1", "any $thing 'at' all")],
        Drives = [s_drive with { User = "desk", Password = "a,b c", Domain = "HOUSE", Path = "staff/plans of 2026" }],
        Folders = [new RedirectedFolder("Documents", "files", "ann/papers"), new RedirectedFolder("Music", "files", "")],
        Shortcuts = [new Shortcut("a-0", "Ärger & mehr", "sh -c \"true\"", "face-smile")],
        FileTypes = [new FileTypeDefault("x-scheme-handler/https", "firefox-esr.desktop")],
        Printing = new PrintServer("[2001:db8::1]:631", "floor2"),
        Tasks = [new SessionTask("hello there", "echo 1\necho 2", true, 600)],
    }).ShouldBeNull();

    [Fact]
    public void Write_OverALinkOfTheUsers_TakesItsPlace()
    {
        var files = new SessionFiles(new GuestPaths(_root));
        Directory.CreateDirectory(Path.Combine(_root, "run/mayfly/share/applications"));
        File.WriteAllText(Path.Combine(_root, "precious"), "kept");
        File.CreateSymbolicLink(Path.Combine(_root, "run/mayfly/share/applications/mimeapps.list"), Path.Combine(_root, "precious"));

        files.WriteTypes([new FileTypeDefault("text/plain", "a.desktop"), new FileTypeDefault("image/png", "b.desktop")]);

        File.ReadAllText(Path.Combine(_root, "precious")).ShouldBe("kept");
        File.ReadAllText(Path.Combine(_root, "run/mayfly/share/applications/mimeapps.list")).ShouldBe("[Default Applications]\ntext/plain=a.desktop\nimage/png=b.desktop\n");
    }

    [Fact]
    public void Find_AFolderOfAnotherFileSystem_IsNotTheHomes()
    {
        // What lies elsewhere than the test's folder.
        Directory.CreateDirectory(Path.Combine(_root, "Documents"));
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "There is no /dev/shm, a file system of its own.");

        new HomeFiles(_root).Find(["Documents"]).ShouldBe(["Documents"]);
        new HomeFiles("/dev").Find(["shm", "null"]).ShouldBe(["null"]);
    }
}
