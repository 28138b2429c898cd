using System.Diagnostics;
using System.Net.Sockets;
using Mayfly.Agent.Attaching;
using Mayfly.Agent.Loop;
using Mayfly.Agent.Personas;
using Mayfly.Agent.Running;
using Mayfly.Contracts.Agent;
using Mayfly.TestKit;

namespace Mayfly.Agent.Tests;

/// <summary>Personas with the real tar, between two folders that stand for homes and a file that stands for a disk.</summary>
public sealed class PersonaTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mayfly-persona-").FullName;

    private string Disk => Path.Combine(_folder, "disk");

    private string Home => Path.Combine(_folder, "home");

    private string Other => Path.Combine(_folder, "other");

    public PersonaTests()
    {
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(Other);
        File.WriteAllBytes(Disk, new byte[4 << 20]);
    }

    // By rm: names that are no text .NET can not say.
    public void Dispose() => Said($"rm -rf {_folder}");

    [Fact]
    public void PackAndUnpack_TwoConfigs_BringEachItsOwn()
    {
        Shell("mkdir -p .config/panel .config/thing-1/cache .config/thing-2 docs && echo a >.config/panel/rc && echo b >.config/thing-1/b && echo no >.config/thing-1/cache/x"
            + " && echo c >.config/thing-2/c && echo mine >docs/mine && ln -s mine docs/link && chmod 600 docs/mine && touch -d @1700000000 docs/mine && touch not");

        var packed = Pack(run => run.Pack(
        [
            new PersonaFiles("panel", [".config/panel", ".config/thing-*"], [".config/thing-?/cache"]),
            new PersonaFiles("nothing", [".config/other", ".none/*"], []),
            new PersonaFiles("docs", ["docs"], []),
        ]));

        packed.Problems.ShouldBeEmpty();
        packed.Archives.Select(archive => archive.Name).ShouldBe(["panel", "docs"]);
        packed.Archives[1].Offset.ShouldBe(packed.Archives[0].Bytes);
        // Only the second, then the first too: each is whole by itself.
        UnpackInto(Other, packed.Archives[1]).Problems.ShouldBeEmpty();
        Said($"cd {Other} && find . -mindepth 1 | sort; stat -c '%a %Y' docs/mine; readlink docs/link").ShouldBe("./docs\n./docs/link\n./docs/mine\n600 1700000000\nmine");
        UnpackInto(Other, packed.Archives[0]).Problems.ShouldBeEmpty();
        Said($"cd {Other} && find .config -type f | sort").ShouldBe(".config/panel/rc\n.config/thing-1/b\n.config/thing-2/c");
    }

    [Fact]
    public void Pack_OntoADiskThatIsTooSmall_TellsAndPacksWhatFits()
    {
        Shell("mkdir -p large small && echo s >small/s && head -c 100000 /dev/urandom >large/l");

        var packed = Pack(run => run.Pack(
        [
            new PersonaFiles("large", ["large"], []),
            new PersonaFiles("small", ["small"], []),
        ]), "/dev/full");

        packed.Archives.ShouldBeEmpty();
        packed.Problems.Select(problem => problem.Name).ShouldBe(["large", "small"]);
        packed.Problems[0].Reason.ShouldContain("No space left on device");
    }

    [Fact]
    public void Pack_NamesThatAreNoText_ComesBackAsItWas()
    {
        Shell("mkdir odd && touch \"$(printf 'odd/\\377\\376')\" \"$(printf 'odd/a\\nb')\"");

        var packed = Pack(run => run.Pack([new PersonaFiles("odd", ["odd"], [])]));

        packed.Problems.ShouldBeEmpty();
        UnpackInto(Other, packed.Archives.Single()).Problems.ShouldBeEmpty();
        Said($"cd {Other}/odd && printf '%s|' * | od -An -c | tr -d ' \\n'").ShouldBe("a\\nb|377376|");
    }

    [Fact]
    public void Pack_MoreMatchesThanOneProgramIsGiven_IsAProblemOfThatConfigAlone()
    {
        Shell("mkdir many few && cd many && seq 1 1000 | xargs touch && touch ../few/one");

        var packed = Pack(run => run.Pack(
        [
            new PersonaFiles("many", ["many/*"], []),
            new PersonaFiles("few", ["few/*"], []),
        ]));

        packed.Problems.Single().Name.ShouldBe("many");
        packed.Problems.Single().Reason.ShouldContain("name their folder instead");
        packed.Archives.Single().Name.ShouldBe("few");
    }

    [Fact]
    public void Pack_PatternInAFolderOfTooManyFiles_IsAProblemOfThatConfigAlone()
    {
        Shell("mkdir many few && cd many && seq 1 21000 | xargs touch && touch ../few/one");

        var packed = Pack(run => run.Pack(
        [
            new PersonaFiles("many", ["many/x*"], []),
            new PersonaFiles("few", ["few/*"], []),
        ]));

        packed.Problems.Single().Name.ShouldBe("many");
        packed.Archives.Single().Name.ShouldBe("few");
    }

    [Fact]
    public void Pack_FileWithHoles_TakesWhatIsInItAndComesBackAsLong()
    {
        Shell("mkdir holes && truncate -s 1T holes/h && echo end >>holes/h");

        var packed = Pack(run => run.Pack([new PersonaFiles("holes", ["holes"], [])]));

        packed.Problems.ShouldBeEmpty();
        packed.Archives.Single().Bytes.ShouldBeLessThan(1 << 20);
        UnpackInto(Other, packed.Archives.Single()).Problems.ShouldBeEmpty();
        Said($"stat -c %s {Other}/holes/h && tail -c 4 {Other}/holes/h").ShouldBe("1099511627780\nend");
    }

    [Fact]
    public void Pack_NamesThatAreOptionsOfTar_AreNames()
    {
        Shell("mkdir in && cd in && touch -- --checkpoint=1 '--checkpoint-action=exec=touch evil' -x \"$(printf 'a\\nb')\"");

        var packed = Pack(run => run.Pack([new PersonaFiles("in", ["*"], []), new PersonaFiles("deep", ["in/*"], [])]));

        packed.Problems.ShouldBeEmpty();
        packed.Archives.Count.ShouldBe(2);
        UnpackInto(Other, [.. packed.Archives]).Problems.ShouldBeEmpty();
        Said($"ls -A {Other}/in | wc -l; ls -A {Other} {Home} | grep evil || true").ShouldBe("5");
    }

    [Fact]
    public void Pack_FileThatBecomesShorterMeanwhile_IsNeverFilledUpWithZeroes()
    {
        Shell("mkdir busy && head -c 2000000 /dev/zero | tr '\\0' x >all && cp all busy/file");
        using var writer = Process.Start("sh", ["-c", $"cd {Home} && while [ -e all ]; do cp all busy/file; : >busy/file; done"]);

        var packed = Pack(run => run.Pack([new PersonaFiles("busy", ["busy"], [])]));

        Shell("rm all");
        writer.WaitForExit();
        packed.Problems.ShouldAllBe(problem => problem.Reason.Contains("File shrank"));
        (packed.Archives.Count + packed.Problems.Count).ShouldBe(1);
        if (packed.Archives.Count == 0)
            return;
        UnpackInto(Other, packed.Archives.Single()).Problems.ShouldBeEmpty();
        Said($"tr -d x <{Other}/busy/file | wc -c").ShouldBe("0");
    }

    [Fact]
    public void Pack_WhatCanNotBeReadOrIsNoFile_KeepsTheRestAndIsTold()
    {
        // No program can be told the name that is no text: to it that file can not be read.
        Shell("mkdir odd && echo a >odd/a && ln odd/a odd/b && mkfifo odd/fifo && ln -s /etc/passwd odd/link && touch \"$(printf 'odd/\\377')\"");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, 0);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(Home, "odd", "socket")));

        var packed = Pack(run => run.Pack([new PersonaFiles("odd", ["odd/*"], ["odd/a"])]));

        packed.Problems.Single().Name.ShouldBe("odd");
        packed.Problems.Single().Reason.ShouldContain("Cannot stat");
        UnpackInto(Other, packed.Archives.Single()).Problems.ShouldBeEmpty();
        Said($"cd {Other}/odd && ls && cat b && readlink link").ShouldBe("b\nfifo\nlink\na\n/etc/passwd");
    }

    [Fact]
    public void Unpack_PathThatIsLongerThanAnyMayBe_IsToldInShort()
    {
        Shell("name=$(printf '%0100d' 1) && for _ in $(seq 60); do mkdir $name; cd -P $name; done");
        var packed = Pack(run => run.Pack([new PersonaFiles("deep", ["0*"], [])]), changes: new HomeChanges());
        packed.Problems.ShouldBeEmpty();

        var unpacked = UnpackInto(Other, packed.Archives.Single());

        unpacked.Problems.Single().Reason.ShouldContain("File name too long");
        unpacked.Problems.Single().Reason.Length.ShouldBeLessThan(400);
    }

    [Fact]
    public void Run_OneThatTakesTooLong_LeavesTimeToWhoeverWaits()
    {
        var loop = new EventLoop();
        var programs = new AccountPrograms(new ProgramRunner(loop), new DesktopAccount(0, Home), TimeSpan.FromSeconds(2)) { OthersWait = true };
        string? first = null, second = "not run";
        programs.Run(["sleep", "60"], default, 0, (failure, _) =>
        {
            first = failure;
            programs.Run(["true"], default, 0, (reason, _) =>
            {
                second = reason;
                loop.Stop();
            });
        });
        loop.Run();
        (first, second).ShouldBe(("it took too long", null));
    }

    [Fact]
    public void Pack_AfterTheTimeIsUp_TellsOfEach()
    {
        Shell("mkdir a && touch a/a");

        var packed = Pack(run => run.Pack([new PersonaFiles("a", ["a"], [])]), limit: TimeSpan.Zero);

        packed.Archives.ShouldBeEmpty();
        packed.Problems.Single().Reason.ShouldContain("time was up");
    }

    [Fact]
    public void Pack_WhatWasNotChangedSince_IsLeftOut()
    {
        // The kernel's clock of files goes in steps, and some kernels give a file a time within the step that is to come.
        Shell("mkdir -p same/deep changed/deep gone linked kept && touch same/deep/s changed/deep/c gone/g kept/k && ln -s k linked/l; sleep 0.05");
        var changes = new HomeChanges();
        Shell("sleep 0.05; echo more >>changed/deep/c; touch -d @1700000000 changed/deep/c; rm gone/g; ln -sf m linked/l; mkdir new; cat kept/k");

        var packed = Pack(run => run.Pack([.. new[] { "same", "changed", "gone", "linked", "new", "kept" }.Select(name => new PersonaFiles(name, [name], []))]), changes: changes);

        packed.Problems.ShouldBeEmpty();
        packed.Archives.Select(archive => archive.Name).ShouldBe(["changed", "gone", "linked", "new"]);
    }

    [Fact]
    public void Pack_OneOfManyThatHasNoRoom_IsToldAndTheOthersArePackedBesideEachOther()
    {
        Shell("mkdir first large last && echo f >first/f && head -c 5000000 /dev/urandom >large/l && echo l >last/l");

        var packed = Pack(run => run.Pack([.. new[] { "first", "large", "last" }.Select(name => new PersonaFiles(name, [name], []))]));

        packed.Problems.Single().ShouldBe(new PersonaProblem("large", "No space left on device: it is more than a persona may take"));
        packed.Archives.ShouldBe([new PersonaSpan("first", 0, 10240), new PersonaSpan("last", 10240, 10240)]);
        foreach (var archive in packed.Archives)
            UnpackInto(Other, archive).Problems.ShouldBeEmpty();
        Said($"cat {Other}/first/f {Other}/last/l").ShouldBe("f\nl");
    }

    [Fact]
    public void RunProgram_ThatLeavesAnotherBehind_EndsThatTooBeforeItHasEnded()
    {
        var loop = new EventLoop();
        ExecResult? result = null;
        new ProgramRunner(loop).Run(new ExecRequest(["sh", "-c", "sleep 300 & echo $! >&2"], 30), ended =>
        {
            result = ended;
            loop.Stop();
        }, _ => loop.Stop(), preferred: true);
        loop.Run();

        var status = $"/proc/{result!.Stderr.Trim()}/status";
        (!File.Exists(status) || File.ReadAllText(status).Contains("zombie", StringComparison.Ordinal)).ShouldBeTrue();
        result.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void ProcessStatus_NameThatLooksLikeMore_IsThatOfTheKernel()
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "printf 'a\\rPPid:\\tx' >/proc/$$/comm; echo named; read -r _"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        process.StandardOutput.ReadLine().ShouldBe("named");

        ProcessStatus.TryOf(process.Id)!.Value.Parent.ShouldBe(Environment.ProcessId);

        process.StandardInput.Close();
        process.WaitForExit();
    }

    [Theory]
    [InlineData("it's")]
    [InlineData("$(touch seen)`touch seen`")]
    [InlineData("two words\nand a line; touch seen")]
    [InlineData("\"quoted\" & <in >out | # ~ !")]
    public void Pack_ManyWithNamesThatMeanSomethingToAShell_PacksThemAndDoesNothingElse(string name)
    {
        foreach (var part in new[] { "one", "two" })
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Home, part, name)).FullName, "file"), part);

        var packed = Pack(run => run.Pack([new PersonaFiles("one", [$"one/{name}"], []), new PersonaFiles("two", ["two"], [$"two/{name}/other"])]));

        packed.Problems.ShouldBeEmpty();
        packed.Archives.Select(archive => archive.Name).ShouldBe(["one", "two"]);
        UnpackInto(Other, [.. packed.Archives]).Problems.ShouldBeEmpty();
        File.ReadAllText(Path.Combine(Other, "one", name, "file")).ShouldBe("one");
        File.ReadAllText(Path.Combine(Other, "two", name, "file")).ShouldBe("two");
        Said($"find {_folder} / -maxdepth 1 -name seen").ShouldBe("");
    }

    [Fact]
    public void Unpack_AllOfADisk_BringsTheSameAsOneByOne()
    {
        Shell("mkdir first second third && head -c 50000 /dev/urandom >first/f && echo s >second/s && ln -s ../first/f third/link");
        var packed = Pack(run => run.Pack([.. new[] { "first", "second", "third" }.Select(name => new PersonaFiles(name, [name], []))]));
        CutDisk(packed.Archives);

        UnpackInto(Other, [.. packed.Archives]).Problems.ShouldBeEmpty();

        Said($"diff -r --no-dereference {Home} {Other}").ShouldBe("");
    }

    [Fact]
    public void Unpack_ArchiveThatIsCut_IsAProblemAndTheNextIsUnpacked()
    {
        Shell("mkdir first second && head -c 50000 /dev/urandom >first/f && echo s >second/s");
        var packed = Pack(run => run.Pack(
        [
            new PersonaFiles("first", ["first"], []),
            new PersonaFiles("second", ["second"], []),
        ]));
        using (var disk = File.OpenWrite(Disk))
            disk.Write([.. Enumerable.Repeat((byte)7, 600)]);
        CutDisk(packed.Archives);

        var unpacked = UnpackInto(Other, [.. packed.Archives]);

        unpacked.Problems.Single().Name.ShouldBe("first");
        File.Exists(Path.Combine(Other, "second", "s")).ShouldBeTrue();
    }

    [Fact]
    public void Unpack_MoreFilesThanTheHomeTakes_IsToldAndTheNextIsUnpacked()
    {
        Shell("mkdir small many && echo s >small/s && cd many && seq 1 3000 | xargs touch");
        var packed = Pack(run => run.Pack([new PersonaFiles("small", ["small"], []), new PersonaFiles("many", ["many"], [])]));
        packed.Archives.Count.ShouldBe(2);
        CutDisk(packed.Archives);
        var (disk, lack) = SmallDisk.TryMake(16, inodes: 1000);
        Assert.SkipWhen(disk is null, lack);
        using (disk)
        {
            var unpacked = UnpackInto(disk.Root, [.. packed.Archives]);

            var told = unpacked.Problems.Single();
            told.Name.ShouldBe("many");
            told.Reason.ShouldContain("No space left on device");
            File.ReadAllText(Path.Combine(disk.Root, "small", "s")).ShouldBe("s\n");
        }
    }

    [Fact]
    public void EndPrograms_StartedSince_WriteWhatTheyHoldAndThoseBeforeGoOn()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Running programs as another account needs root.");
        const uint account = 64_321;
        Said($"chown {account} {Home} && chmod 711 {_folder}");
        using var desktop = StartAs(account, $"touch {Home}/up; exec sleep 600");
        AwaitFiles("up");
        var programs = new UserPrograms(account);
        using var editor = StartAs(account, $"trap 'echo saved >{Home}/held; exit 0' TERM; touch {Home}/there; while :; do sleep 0.1; done");
        using var stubborn = StartAs(account, $"trap '' TERM; touch {Home}/deaf; while :; do sleep 0.1; done");
        AwaitFiles("there", "deaf");

        var packed = Pack((run, loop) => run.Pack([new PersonaFiles("all", ["held", "there"], [])], then => programs.End(loop, TimeSpan.FromSeconds(2), then)));

        (editor.WaitForExit(1000), stubborn.WaitForExit(1000), desktop.HasExited).ShouldBe((true, true, false));
        packed.Problems.ShouldBeEmpty();
        UnpackInto(Other, packed.Archives.Single()).Problems.ShouldBeEmpty();
        File.ReadAllText(Path.Combine(Other, "held")).ShouldBe("saved\n");
        desktop.Kill();
    }

    [Theory]
    [InlineData("mkdir -p in && ln -s {0} in/out && tar -cf {1} -C . in/out && rm in/out && mkdir in/out && echo evil >in/out/evil && tar -rf {1} -C . in/out/evil")]
    [InlineData("echo evil >../evil && tar -cPf {1} ../evil && rm ../evil")]
    [InlineData("echo evil >{0}/evil && tar -cPf {1} {0}/evil && rm {0}/evil")]
    public void Unpack_ArchiveThatReachesOutOfTheHome_WritesNothingThere(string how)
    {
        var outside = Directory.CreateDirectory(Path.Combine(_folder, "outside")).FullName;
        Shell(string.Format(System.Globalization.CultureInfo.InvariantCulture, how, outside, Disk));

        UnpackInto(Other, new PersonaSpan("evil", 0, 10240));

        Directory.EnumerateFileSystemEntries(outside).ShouldBeEmpty();
        File.Exists(Path.Combine(_folder, "evil")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(".config/xfce4", true)]
    [InlineData(".mozilla/firefox/*/prefs.js", true)]
    [InlineData("", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("../other", false)]
    [InlineData("a/../../b", false)]
    [InlineData("a//b", false)]
    [InlineData("--checkpoint-action=exec=sh", false)]
    [InlineData("a\0b", false)]
    public void IsProper_Pattern_StaysInTheHome(string pattern, bool proper) => HomeFiles.IsProper(pattern).ShouldBe(proper);

    // As the host hands it over.
    private void CutDisk(List<PersonaSpan> archives)
    {
        using var disk = File.OpenWrite(Disk);
        disk.SetLength(archives[^1].Offset + archives[^1].Bytes);
    }

    private PersonaUnpacking UnpackInto(string home, params PersonaSpan[] archives) =>
        Run(write: false, (programs, disk, done) => new PersonaUnpacking(programs, disk, done), (run, _) => run.Unpack(archives), Disk, home);

    private PersonaPacking Pack(Action<PersonaPacking> parts, string? disk = null, TimeSpan? limit = null, HomeChanges? changes = null) => Pack((run, _) => parts(run), disk, limit, changes);

    private PersonaPacking Pack(Action<PersonaPacking, EventLoop> parts, string? disk = null, TimeSpan? limit = null, HomeChanges? changes = null) =>
        Run(write: true, (programs, open, done) => new PersonaPacking(programs, open, _ => changes, done), parts, disk ?? Disk, Home, limit);

    private static T Run<T>(bool write, Func<AccountPrograms, PersonaDisk, Action, T> make, Action<T, EventLoop> parts, string disk, string home, TimeSpan? limit = null)
        where T : PersonaRun
    {
        var loop = new EventLoop();
        using var open = PersonaDisk.Open(disk, write);
        var ended = false;
        var run = make(new AccountPrograms(new ProgramRunner(loop), new DesktopAccount(0, home), limit ?? TimeSpan.FromSeconds(30)), open, () =>
        {
            ended = true;
            loop.Stop();
        });
        parts(run, loop);
        run.Go();
        if (!ended)
            loop.Run();
        return run;
    }

    private void AwaitFiles(params string[] names) =>
        SpinWait.SpinUntil(() => names.All(name => File.Exists(Path.Combine(Home, name))), TimeSpan.FromSeconds(20)).ShouldBeTrue();

    private static Process StartAs(uint account, string script) => Process.Start("setpriv", [$"--reuid={account}", "--clear-groups", "sh", "-c", script]);

    private void Shell(string script) => Said($"cd {Home} && {script}");

    private static string Said(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-ec", script]) { RedirectStandardOutput = true })!;
        var said = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        shell.ExitCode.ShouldBe(0);
        return said.TrimEnd('\n');
    }
}
