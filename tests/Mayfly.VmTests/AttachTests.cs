using Mayfly.Contracts.Api;
using Mayfly.Engine.Attaching;

namespace Mayfly.VmTests;

public sealed class AttachTests(Micro micro) : VmTest(micro)
{
    private AppFiles Files => new(Engine.Data, null);

    [Fact]
    public async Task Attach_TwoPackages_AreMergedAndTheFirstWins()
    {
        var first = await Files.PackageAsync(("usr/share/app/both", "first"), ("usr/bin/app-one", "#!/bin/sh\necho one\n"), ("opt/one/file", "1"));
        var second = await Files.PackageAsync(("usr/share/app/both", "second"), ("usr/share/app/mine", "2"), ("etc/app.conf", "conf"));
        var machine = await ForkAsync();

        var result = await AttachAsync(machine, new Attachments([first, second]));

        result.Packages.ShouldBeEmpty();
        result.Attached.Packages.ShouldBe([first, second]);
        View(machine).Attached.Packages.ShouldBe([first, second]);
        View(machine).Os.ShouldBe("debian-13");
        (await RunAsync(machine, "app-one; cat /usr/share/app/both /usr/share/app/mine /opt/one/file /etc/app.conf")).ShouldBe("one\nfirst21conf");
        // The image's own files are all there, and the trees can be written to.
        (await RunAsync(machine, "hostname; touch /usr/mine /opt/mine /etc/mine && test -s /etc/passwd && echo ok")).ShouldBe($"{machine.Hostname}\nok");

        (await AttachAsync(machine, new Attachments([second, first]))).Packages.ShouldBeEmpty();
        (await RunAsync(machine, "cat /usr/share/app/both; ls /usr/mine")).ShouldBe("second/usr/mine");
    }

    [Fact]
    public async Task Attach_WhereMountsArePassedOn_LeavesTheImagesOwnTreeAsItIs()
    {
        var (first, second) = (await Files.PackageAsync(("usr/share/first", "1")), await Files.PackageAsync(("usr/share/second", "2")));
        var machine = await ForkAsync();
        // As systemd has it.
        await RunAsync(machine, "mount --make-rshared /");

        (await AttachAsync(machine, new Attachments([first]))).Packages.ShouldBeEmpty();
        (await AttachAsync(machine, new Attachments([second]))).Packages.ShouldBeEmpty();

        (await RunAsync(machine, "cat /usr/share/second; ls /usr/share/first /run/mayfly/base/usr/share/second 2>/dev/null; grep -c ' /usr overlay' /proc/mounts")).ShouldBe("21");
        (await RunAsync(machine, "grep -c ' /run/mayfly/base/[^ ]* overlay ' /proc/mounts || true")).ShouldBe("0");
    }

    [Fact]
    public async Task Attach_WithoutAPackageInUse_KeepsItByNameUntilItIsLetGo()
    {
        var tool = await Files.PackageAsync(("opt/tool/data", "data"), ("usr/share/tool", "t"));
        var other = await Files.PackageAsync(("opt/other", "o"));
        var machine = await ForkAsync();
        await AttachAsync(machine, new Attachments([tool, other]));
        await RunAsync(machine, "tail -f /opt/tool/data >/dev/null 2>&1 & echo $! >/run/user-of-tool; until ls -l /proc/$!/fd | grep -q /opt/tool/data; do sleep 0.1; done");

        var result = await AttachAsync(machine, Attachments.None);

        result.Attached.Packages.ShouldBe([tool]);
        result.Packages[tool].Code.ShouldBe(ErrorCode.PackageInUse);
        result.Packages[tool].Why!.ShouldContain("tail");
        (await RunAsync(machine, "cat /opt/tool/data; ls /opt")).ShouldBe("datatool");

        await RunAsync(machine, "kill $(cat /run/user-of-tool)");
        (await AttachAsync(machine, Attachments.None)).Attached.Packages.ShouldBeEmpty();
        (await RunAsync(machine, "ls /opt | wc -l; ls /sys/block | grep -c ^sd || true")).ShouldBe("0\n0");
        (await DisksAsync(machine)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Attach_AnotherVersion_ReplacesTheOneBefore()
    {
        var old = await Files.PackageAsync(("usr/share/version", "1"), ("usr/share/gone", ""));
        var young = await Files.PackageAsync(("usr/share/version", "2"));
        var machine = await ForkAsync();
        await AttachAsync(machine, new Attachments([old]));

        await AttachAsync(machine, new Attachments([young]));

        (await RunAsync(machine, "cat /usr/share/version; test -e /usr/share/gone || echo gone")).ShouldBe("2gone");
        View(machine).Attached.Packages.ShouldBe([young]);
    }

    [Fact]
    public async Task Attach_WhatCanNotBe_IsToldAndTheRestIsDone()
    {
        var good = await Files.PackageAsync(("usr/share/good", "good"));
        var damaged = await Files.PackageAsync(("usr/share/damaged", "x"));
        await File.WriteAllBytesAsync(Files.PackageFile(damaged), new byte[8192], Token);
        var truncated = await Files.PackageAsync(("usr/share/truncated", string.Join('\n', Enumerable.Range(0, 100_000))));
        using (var file = File.OpenHandle(Files.PackageFile(truncated), FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.SetLength(file, RandomAccess.GetLength(file) / 2);
        var foreign = await Files.PackageForAsync("plan-9", ("usr/share/foreign", "x"));
        var machine = await ForkAsync();

        var result = await AttachAsync(machine, new Attachments([damaged, truncated, foreign, "missing", good]));

        result.Attached.Packages.ShouldBe([good]);
        result.Packages.ToDictionary(one => one.Key, one => one.Value.Code).ShouldBe(new Dictionary<string, ErrorCode>
        {
            [foreign] = ErrorCode.PackageForeign,
            ["missing"] = ErrorCode.NotFound,
            [damaged] = ErrorCode.PackageInvalid,
            [truncated] = ErrorCode.PackageInvalid,
        }, ignoreOrder: true);
        (await RunAsync(machine, "cat /usr/share/good")).ShouldBe("good");
        (await DisksAsync(machine)).ShouldBe([$"package-{good}"]);
    }

    [Fact]
    public async Task Attach_Volume_KeepsWhatIsWrittenForTheNextMachine()
    {
        var (mine, others) = (await Files.VolumeAsync(), await Files.VolumeAsync());
        var package = await Files.PackageAsync(("usr/share/app/setting", "package"));
        var (one, two) = (await ForkAsync(), await ForkAsync());
        await AttachAsync(one, With(mine, VolumeKind.AppsAndProfile, package));
        await AttachAsync(two, With(others, VolumeKind.AppsAndProfile, package));
        await RunAsync(one, "echo mine >/usr/bin/own; echo user >/usr/share/app/setting; echo home >$HOME/note; echo base >/data/note");
        await ReleaseAsync(one);
        await Machines.DestroyAsync(one.MachineId);

        var next = await ForkAsync();
        await AttachAsync(next, With(mine, VolumeKind.AppsAndProfile, package));

        (await RunAsync(next, "cat /usr/bin/own /usr/share/app/setting /root/note; test -e /data/note || echo fresh")).ShouldBe("mine\nuser\nhome\nfresh");
        (await RunAsync(two, "test -e /usr/bin/own || test -e /root/note || echo nothing of it")).ShouldBe("nothing of it");
        View(next).Attached.Volume.ShouldBe(new VolumeAttachment(mine, VolumeKind.AppsAndProfile));
    }

    [Fact]
    public async Task Attach_VolumeOfAppsAlone_KeepsNoHome()
    {
        var volume = await Files.VolumeAsync();
        var one = await ForkAsync();
        await AttachAsync(one, With(volume, VolumeKind.Apps));
        await RunAsync(one, "echo a >/opt/app; echo b >/root/note");

        (await AttachAsync(one, Attachments.None)).Volume.ShouldBeNull();
        (await RunAsync(one, "test -e /opt/app || echo taken out; cat /root/note")).ShouldBe("taken out\nb");
        await Files.IsCleanAsync(volume);

        await AttachAsync(one, With(volume, VolumeKind.Profile));
        (await RunAsync(one, "test -e /opt/app || echo no apps; cat /root/note")).ShouldBe("no apps\nb");
    }

    [Fact]
    public async Task Attach_VolumeInUse_StaysUntilItIsLetGo()
    {
        var volume = await Files.VolumeAsync();
        var machine = await ForkAsync();
        await AttachAsync(machine, With(volume, VolumeKind.AppsAndProfile));
        await RunAsync(machine, "cd /root; echo x >file; sleep 1000 <file >/dev/null 2>&1 & echo $! >/run/sleeper; until grep -q sleep /proc/$!/comm; do sleep 0.1; done");

        var result = await AttachAsync(machine, Attachments.None);

        result.Volume!.Code.ShouldBe(ErrorCode.VolumeInUse);
        result.Volume.Why!.ShouldContain("sleep");
        result.Attached.Volume!.VolumeId.ShouldBe(volume);
        await RunAsync(machine, "echo y >/usr/kept; kill $(cat /run/sleeper)");
        (await AttachAsync(machine, Attachments.None)).Attached.Volume.ShouldBeNull();
        await Files.IsCleanAsync(volume);
    }

    [Fact]
    public async Task Attach_VolumeOfAnotherMachine_IsVolumeInUse()
    {
        var volume = await Files.VolumeAsync();
        var (one, two) = (await ForkAsync(), await ForkAsync());
        await AttachAsync(one, With(volume, VolumeKind.Apps));

        var result = await AttachAsync(two, With(volume, VolumeKind.Apps));

        result.Volume!.Code.ShouldBe(ErrorCode.VolumeInUse);
        result.Attached.Volume.ShouldBeNull();
        (await DisksAsync(two)).ShouldBeEmpty();
        (await RunAsync(one, "echo x >/usr/still && cat /usr/still")).ShouldBe("x");
    }

    [Fact]
    public async Task Attach_LargerVolume_GrowsItsFileSystem()
    {
        var volume = await Files.VolumeAsync(64);
        await AppFiles.RunAsync("qemu-img", ["resize", "-q", Files.VolumeFile(volume), "256M"]);
        var machine = await ForkAsync();

        await AttachAsync(machine, With(volume, VolumeKind.Apps));

        int.Parse(await RunAsync(machine, "df -k /run/mayfly/volume | tail -n 1 | awk '{print $2}'"), null).ShouldBeGreaterThan(200 * 1024);
    }

    [Fact]
    public async Task Kill_WithAVolume_LosesNothingThatWasSynced()
    {
        var volume = await Files.VolumeAsync();
        var one = await ForkAsync();
        await AttachAsync(one, With(volume, VolumeKind.AppsAndProfile));
        await RunAsync(one, "echo kept >/usr/kept; echo home >/root/kept; sync");
        Outside.Kill(one.ProcessId);
        await Engine.ExitOfAsync(one);

        var next = await ForkAsync();
        (await AttachAsync(next, With(volume, VolumeKind.AppsAndProfile))).Volume.ShouldBeNull();

        (await RunAsync(next, "cat /usr/kept /root/kept")).ShouldBe("kept\nhome");
        await ReleaseAsync(next);
        await Files.IsCleanAsync(volume);
    }

    [Fact]
    public async Task Release_WithProgramsThatDoNotEnd_LeavesACleanFileSystem()
    {
        var volume = await Files.VolumeAsync();
        var machine = await ForkAsync();
        await AttachAsync(machine, With(volume, VolumeKind.AppsAndProfile));
        await RunAsync(machine, "cat >/root/stubborn <<'E'\ntrap '' TERM\nwhile true; do echo x >>/root/log; sleep 0.1; done\nE\nsh /root/stubborn >/dev/null 2>&1 &");
        // Something of the image holds the merged tree, and stays.
        await RunAsync(machine, "cp /usr/bin/busybox /usr/bin/later; later sleep 1000 >/dev/null 2>&1 &");

        await ReleaseAsync(machine);

        View(machine).Attached.Volume.ShouldBeNull();
        (await DisksAsync(machine)).ShouldBeEmpty();
        await Files.IsCleanAsync(volume);
        (await RunAsync(machine, "hostname; echo x >/usr/writable && cat /usr/writable")).ShouldBe($"{machine.Hostname}\nx");
    }

    [Fact]
    public async Task AttachForCapture_Again_ChangesItsDisks()
    {
        var machine = await ForkAsync();
        var basis = await Files.PackageAsync(("usr/share/basis", "basis"));
        using var directory = new TemporaryDirectory();
        var volume = Path.Combine(directory.Root, "capture.qcow2");
        await AppFiles.MakeVolumeFileAsync(volume, 64);
        var (first, second) = (await Files.PackageAsync(("debs/one", "one")), await Files.PackageAsync(("debs/two", "two")));
        var output = Path.Combine(directory.Root, "output");
        await File.WriteAllBytesAsync(output, new byte[1 << 20], Token);

        (await CaptureAsync(machine, new CaptureDisks(basis, volume, Files.PackageFile(first), null))).ShouldBeNull();
        (await RunAsync(machine, "cat /run/mayfly/input/debs/one /usr/share/basis; echo new >/etc/new; echo n >/usr/new")).ShouldBe("onebasis");
        (await CaptureAsync(machine, new CaptureDisks(basis, volume, Files.PackageFile(second), output))).ShouldBeNull();
        (await RunAsync(machine, "cat /run/mayfly/input/debs/two /run/mayfly/volume/etc/new /run/mayfly/volume/usr/new; ls /run/mayfly/input/debs")).ShouldBe("twonew\nn\ntwo");
        await RunAsync(machine, "for d in /sys/block/sd*; do case $(tail -c +5 $d/device/vpd_pg80) in output) echo packed >/dev/${d##*/};; esac; done; sync");
        (await CaptureAsync(machine, new CaptureDisks(basis, volume, null, null))).ShouldBeNull();

        (await File.ReadAllTextAsync(output, Token)).ShouldStartWith("packed\n");
        (await DisksAsync(machine)).ShouldBe([$"capture-volume", $"package-{basis}"]);
        View(machine).Attached.Volume.ShouldBeNull();
    }

    private static Attachments With(string volume, VolumeKind kind, params string[] packages) => new(packages, new VolumeAttachment(volume, kind));

    private HostMachine View(HostMachine machine) => Machines.Machines.Single(one => one.MachineId == machine.MachineId);

    private Task<AttachResult> AttachAsync(HostMachine machine, Attachments wanted) => Engine.AttachAsync(machine, wanted);

    private async Task ReleaseAsync(HostMachine machine) => (await Machines.ReleaseAsync(machine.MachineId, TimeSpan.FromSeconds(2), Token)).Fault.ShouldBeNull();

    private async Task<Fault?> CaptureAsync(HostMachine machine, CaptureDisks disks)
    {
        var result = await Engine.Host.AttachForCaptureAsync(machine.MachineId, disks, Token);
        return result.Fault ?? result.Value.Volume ?? result.Value.Packages.Values.FirstOrDefault();
    }

    private async Task<IReadOnlyList<string>> DisksAsync(HostMachine machine) =>
        [.. (await new DiskBus(Engine.Inside(machine).Qemu.Qmp).ListAsync(Token))!.Select(disk => disk.Device).Order()];
}
