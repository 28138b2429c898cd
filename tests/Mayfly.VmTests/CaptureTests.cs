using System.Diagnostics;
using Mayfly.Engine.Attaching;

namespace Mayfly.VmTests;

public sealed class CaptureTests(Micro micro) : VmTest(micro)
{
    private readonly List<string> _made = [];

    [Fact]
    public async Task Capture_WhatWasWrittenAndDeleted_IsInAnotherFork()
    {
        var machine = await ForkAsync();
        await BeginAsync(machine, null);
        await RunAsync(
            machine,
            "mkdir -p /opt/tool /usr/share/applications && printf '#!/bin/sh\\necho tool runs\\n' >/usr/bin/tool && chmod 755 /usr/bin/tool"
            + " && echo setting >/etc/tool.conf && echo data >/opt/tool/data && ln /opt/tool/data /opt/tool/again && ln -s ../../opt/tool/data /usr/bin/data"
            + " && printf '[Desktop Entry]\\nType=Application\\nName=Tool\\nExec=tool\\n' >/usr/share/applications/tool.desktop"
            + " && echo other >/etc/hostname && rm /etc/os-release && head -c 3000000 /dev/urandom >/opt/tool/large && sha256sum /opt/tool/large >/opt/tool/sum");

        var package = await FinishAsync(machine);

        package.Os.ShouldBe("debian-13");
        package.Programs.ShouldHaveSingleItem().Name.ShouldBe("Tool");
        Directory.GetFiles(Engine.Inside(machine).Qemu.Directory.Path).Select(Path.GetFileName).ShouldNotContain("capture-output.raw");
        await Machines.DestroyAsync(machine.MachineId);
        var other = await ForkAsync();
        (await RunAsync(other, "test -e /etc/os-release && echo there")).ShouldBe("there");
        await AttachAsync(other, package.Id);
        (await RunAsync(other, "tool; cat /etc/tool.conf /usr/bin/data /opt/tool/again; sha256sum -c /opt/tool/sum; test -e /etc/os-release || echo gone; hostname"))
            .ShouldBe($"tool runs\nsetting\ndata\ndata\n/opt/tool/large: OK\ngone\n{other.Hostname}");
    }

    [Fact]
    public async Task Capture_OverAPackage_StandsAlone()
    {
        var machine = await ForkAsync();
        await BeginAsync(machine, null);
        await RunAsync(machine, "mkdir -p /opt/app/old && echo 1 >/opt/app/version && echo keep >/opt/app/keep && echo x >/opt/app/old/file && echo y >/opt/app/plain");
        var first = await FinishAsync(machine);
        await Machines.DestroyAsync(machine.MachineId);
        var second = await ForkAsync();
        await BeginAsync(second, first.Id);
        (await Engine.Packages.RemoveAsync(first.Id, Token)).Fault!.Code.ShouldBe(ErrorCode.PackageInUse);
        await RunAsync(second, "echo 2 >/opt/app/version && rm -r /opt/app/old /opt/app/plain && mkdir /opt/app/old && echo new >/opt/app/old/other");

        var package = await FinishAsync(second);

        await Machines.DestroyAsync(second.MachineId);
        var other = await ForkAsync();
        await AttachAsync(other, package.Id);
        (await RunAsync(other, "cd /opt/app && cat version keep && find . | sort")).ShouldBe("2\nkeep\n.\n./keep\n./old\n./old/other\n./version");
    }

    [Fact]
    public async Task Install_Script_RunsAndIsCaptured()
    {
        var machine = await ForkAsync();
        await BeginAsync(machine, null);

        (await InstallAsync(machine, "set -e\nmkdir /opt/scripted\nid -u >/opt/scripted/user\nls /run/mayfly/input >/opt/scripted/input\n")).ShouldBeNull();
        var failed = await InstallAsync(machine, "echo first line\necho the reason >&2\nexit 3\n");
        failed!.Code.ShouldBe(ErrorCode.CaptureFailed);
        failed.ToString().ShouldContain("status 3");
        failed.ToString().ShouldContain("the reason");
        (await InstallAsync(machine, "sleep 100", seconds: 1))!.What.ShouldContain("longer than 1 s");
        // A guest without dpkg can not be given Debian packages.
        var source = new CaptureSource(["hello"], [], null, 60);
        var refused = await Engine.Packages.InstallAsync(machine.MachineId, source, new Progress<StepProgress>(), Token);
        refused.Fault!.Code.ShouldBe(ErrorCode.CaptureFailed, refused.Fault.ToString());

        var package = await FinishAsync(machine);

        await Machines.DestroyAsync(machine.MachineId);
        var other = await ForkAsync();
        await AttachAsync(other, package.Id);
        (await RunAsync(other, "cat /opt/scripted/user /opt/scripted/input")).ShouldBe("0\ninstall.sh");
    }

    [Fact]
    public async Task Finish_NothingChanged_FailsAndCanGoOn()
    {
        var machine = await ForkAsync();
        (await Engine.Packages.FinishCaptureAsync("early", machine.MachineId, new PackageRules(), new Progress<StepProgress>(), Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        await BeginAsync(machine, null);
        (await Engine.Packages.BeginCaptureAsync(machine.MachineId, null, 64, Token)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);

        var nothing = await Engine.Packages.FinishCaptureAsync("nothing", machine.MachineId, new PackageRules(), new Progress<StepProgress>(), Token);

        nothing.Fault!.Code.ShouldBe(ErrorCode.CaptureFailed, nothing.Fault.ToString());
        await RunAsync(machine, "echo x >/opt/x && chmod 4755 /opt/x");
        var privileged = await Engine.Packages.FinishCaptureAsync("nothing", machine.MachineId, new PackageRules(), new Progress<StepProgress>(), Token);
        privileged.Fault!.Code.ShouldBe(ErrorCode.PackagePrivileged, privileged.Fault.ToString());
        await RunAsync(machine, "chmod 755 /opt/x");
        (await FinishAsync(machine)).Entries.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task OpenTerminal_WithTheImagesOwnProgram_TellsWhatItSaidWhenItFails()
    {
        var machine = await ForkAsync();
        await BeginAsync(machine, null);
        (await Engine.Packages.OpenTerminalAsync(machine.MachineId, Token)).Fault.ShouldBeNull("an image without one has none to open");
        await RunAsync(machine, "mkdir -p /usr/lib/mayfly; printf '#!/bin/sh\necho no display >&2; exit 3\n' >/usr/lib/mayfly/administer; chmod +x /usr/lib/mayfly/administer");

        var failed = (await Engine.Packages.OpenTerminalAsync(machine.MachineId, Token)).Fault!;

        failed.Code.ShouldBe(ErrorCode.CaptureFailed);
        failed.Why.ShouldBe("no display");
    }

    [Fact]
    public async Task Pack_WithoutACapture_IsRefused()
    {
        var machine = await ForkAsync();

        var refused = await Engine.Inside(machine).Agent.PackAsync(new Contracts.Agent.PackRequest("output", 60), Token);

        refused.Fault!.Code.ShouldBe(ErrorCode.AgentRefused);
        refused.Fault.Why!.ShouldContain("no volume");
    }

    protected override async ValueTask ReleaseAsync()
    {
        await Engine.EmptyAsync();
        foreach (var package in _made)
            (await Engine.Packages.RemoveAsync(package, CancellationToken.None)).Fault.ShouldBeNull();
        Directory.GetDirectories(Engine.Data.Packages, ".making-*").ShouldBeEmpty();
    }

    private async Task BeginAsync(HostMachine machine, string? basePackage) =>
        (await Engine.Packages.BeginCaptureAsync(machine.MachineId, basePackage, 64, Token)).Fault.ShouldBeNull();

    private async Task<PackageManifest> FinishAsync(HostMachine machine)
    {
        var id = Guid.NewGuid().ToString("N");
        var watch = Stopwatch.StartNew();
        var made = await Engine.Packages.FinishCaptureAsync(id, machine.MachineId, new PackageRules(), new Progress<StepProgress>(), Token);
        made.Fault.ShouldBeNull();
        _made.Add(id);
        TestContext.Current.SendDiagnosticMessage($"Captured {made.Value.Entries} entries, {made.Value.ContentBytes} bytes in {watch.Elapsed.TotalSeconds:0.0} s.");
        return made.Value;
    }

    private async Task<Fault?> InstallAsync(HostMachine machine, string script, int seconds = 60) => (await Engine.Packages.InstallAsync(
        machine.MachineId, new CaptureSource([], [], script, seconds), new Progress<StepProgress>(), Token)).Fault;

    private async Task AttachAsync(HostMachine machine, string package)
    {
        var attached = await Machines.AttachAsync(machine.MachineId, new Attachments([package]), Token);
        attached.Fault.ShouldBeNull();
        attached.Value.Packages.ShouldBeEmpty();
    }
}
