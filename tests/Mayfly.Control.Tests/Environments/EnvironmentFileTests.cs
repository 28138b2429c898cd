using System.Runtime.CompilerServices;
using Mayfly.Contracts;
using Mayfly.Control.Environments;
using Mayfly.Control.Personas;

namespace Mayfly.Control.Tests.Environments;

/// <summary>Reading environments.</summary>
public sealed class EnvironmentFileTests
{
    private const string Whole = """
        displayName: Staff
        when:
          all:
            - group: staff
            - any: [{ client: 10.1.0.0/16 }, { hours: 08:00-18:00, days: [Monday, Friday] }]
            - not: { pool: exam }
        variables: { PROJECT: apollo }
        drives:
          - { name: files, server: files.example, path: "staff/{user}", user: desk, password: "secret", domain: HOUSE }
        folders: { Documents: files/papers, Music: files }
        shortcuts:
          - { name: Intranet, url: "https://intranet.example/?q=1" }
          - { name: Terminal, command: xfce4-terminal, icon: utilities-terminal }
        fileTypes: { application/pdf: firefox-esr.desktop }
        printing: { server: print.example, printer: floor2 }
        tasks:
          - { name: hello, at: logon, run: "touch /run/hello", asSystem: true, timeoutSeconds: 5 }
          - { name: bye, at: logoff, run: "true" }
        """;

    [Fact]
    public void Read_AllThereIs_HasIt()
    {
        var environment = EnvironmentFile.Read("staff", Whole).Value;

        environment.When!.All!.Count.ShouldBe(3);
        environment.When.All[1].Any![1].Days.ShouldBe(["Monday", "Friday"]);
        environment.Drives.Single().ShouldBe(new EnvironmentDrive { Name = "files", Server = "files.example", Path = "staff/{user}", User = "desk", Password = "secret", Domain = "HOUSE" });
        environment.Tasks.Select(task => task.At).ShouldBe([TaskMoment.Logon, TaskMoment.Logoff]);
        environment.Printing.ShouldBe(new EnvironmentPrinting { Server = "print.example", Printer = "floor2" });
    }

    [Theory]
    [InlineData("docs/environments.md", "```yaml\n", "```")]
    [InlineData("console/src/personas/EnvironmentDialog.tsx", "const first = `", "`;")]
    public void Read_ExampleThatPeopleGoOnFrom_IsOne(string file, string begin, string end)
    {
        var text = File.ReadAllText(Path.Combine(Root(), file));
        var start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;

        EnvironmentFile.Read("staff", text[start..text.IndexOf(end, start, StringComparison.Ordinal)]).Value.Folders["Documents"].ShouldBe("files/{user}");
    }

    [Theory]
    [InlineData("displayName: x\nwhen: {}", "says nothing")]
    [InlineData("displayName: x\nwhen: { all: [{ group: a }, null] }", "an entry of nothing")]
    [InlineData("displayName: x\nwhen: { client: 10.0.0.0/40 }", "neither an address")]
    [InlineData("displayName: x\nwhen: { hours: 8-18 }", "no hours")]
    [InlineData("displayName: x\nwhen: { days: [monday] }", "no day")]
    [InlineData("displayName: x\nwhen: { variable: LANG }", "no variable")]
    [InlineData("displayName: x\nwhen: { moon: full }", "Line 2")]
    [InlineData("displayName: x\nvariables: { 1A: b }", "no variable")]
    [InlineData("displayName: x\ndrives: [{ name: A, server: s, path: p }]", "drive 'A'")]
    [InlineData("displayName: x\ndrives: [{ name: a, server: s, path: ../p }]", "drive 'a'")]
    [InlineData("displayName: x\ndrives: [{ name: a, server: s, path: p, user: 'u,uid=0' }]", "account of the drive")]
    [InlineData("displayName: x\nfolders: { Documents: a/b }", "on none of these drives")]
    [InlineData("displayName: x\nshortcuts: [{ name: s, command: a, url: 'http://b' }]", "shortcut 's'")]
    [InlineData("displayName: x\nshortcuts: [{ name: s, url: 'file:///etc' }]", "no address of the web")]
    [InlineData("displayName: x\nshortcuts: [{ name: \"s\\nExec=x\", command: a }]", "shortcut")]
    [InlineData("displayName: x\nfileTypes: { pdf: a.desktop }", "no media type")]
    [InlineData("displayName: x\nprinting: { server: a b }", "needs a server")]
    [InlineData("displayName: x\ntasks: [{ name: t, run: r, timeoutSeconds: 601 }]", "task 't'")]
    [InlineData("displayName: x\ntasks: [{ name: t, run: r, at: noon }]", "Line 2")]
    [InlineData("displayName: x\ndrives:", "says nothing")]
    [InlineData("", "displayName")]
    public void Read_Wrong_SaysWhatAndWhere(string yaml, string words)
    {
        var fault = EnvironmentFile.Read("staff", yaml).Fault!;

        fault.Code.ShouldBe(ErrorCode.InvalidRequest);
        fault.Why!.ShouldContain(words);
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../.."));

    [Fact]
    public void Read_FlexConfigWithACondition_ChecksItAlike()
    {
        FlexConfigFile.Read("git", "displayName: Git\ninclude: [.gitconfig]\nwhen: { group: developers }").Value.When!.Group.ShouldBe("developers");
        FlexConfigFile.Read("git", "displayName: Git\ninclude: [.gitconfig]\nwhen: { hours: never }").Fault!.Why!.ShouldContain("no hours");
    }
}
