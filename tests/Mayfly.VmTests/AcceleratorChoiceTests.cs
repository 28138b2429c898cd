using Mayfly.Engine.Hosts;
using Mayfly.Engine.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayfly.VmTests;

/// <summary>What a host's KVM is worth is found out by booting a kernel on it, once.</summary>
public sealed class AcceleratorChoiceTests : VmTest
{
    // The tests' own user: the one QEMU runs as in production may have no right to the device.
    private static readonly VmAccount Account = new(Environment.UserName, null, null, null);
    private readonly TemporaryDirectory _directory = new();
    private readonly ProcessWatcher _watcher = new();
    private readonly DataDirectory _data;
    private readonly ImageVersion _image;

    public AcceleratorChoiceTests(Micro micro)
        : base(micro)
    {
        _data = new DataDirectory(_directory.Root);
        _image = micro.Image;
        Directory.CreateDirectory(_data.Machines);
    }

    [Fact]
    public async Task Choose_WhereKvmOpens_BootsAKernelOnceAndRemembers()
    {
        Assert.SkipUnless(KvmDevice.Opens(), KvmDevice.Missing);
        var kernel = await KernelAsync();
        var first = (await NewAccelerators("auto").ChooseAsync(kernel, Token)).Value;
        HostFacts.Read(_data.HostFacts).Kvm.ShouldNotBeNull().Works.ShouldBe(first.Name == "kvm");
        Directory.EnumerateFileSystemEntries(_data.Machines).ShouldBeEmpty();

        var written = Directory.GetLastWriteTimeUtc(_data.Machines);
        (await NewAccelerators("auto").ChooseAsync(kernel, Token)).Value.ShouldBe(first);
        Directory.GetLastWriteTimeUtc(_data.Machines).ShouldBe(written);
    }

    [Fact]
    public async Task Choose_KvmAskedForWhereNoKernelRuns_IsRefusedWithTheReason()
    {
        Assert.SkipUnless(KvmDevice.Opens(), KvmDevice.Missing);
        await NewAccelerators("auto").ChooseAsync(await KernelAsync(), Token);
        var seen = HostFacts.Read(_data.HostFacts).Kvm!;
        new HostFacts(seen with { Works = false, Reason = "No kernel ran." }).Write(_data.HostFacts);

        var refused = await NewAccelerators("kvm").ChooseAsync(null, Token);
        refused.Fault!.Code.ShouldBe(ErrorCode.AcceleratorUnavailable);
        refused.Fault.Why.ShouldBe("No kernel ran.");
        (await NewAccelerators("auto").ChooseAsync(null, Token)).Value.ShouldBe(new AcceleratorChoice("tcg", "No kernel ran."));
    }

    [Fact]
    public async Task Choose_EmulationAskedFor_LooksAtNothing() =>
        (await NewAccelerators("tcg").ChooseAsync("/nonexistent/kernel", Token)).Value.Name.ShouldBe("tcg");

    protected override ValueTask ReleaseAsync()
    {
        _watcher.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> KernelAsync()
    {
        var golden = (await Engine.Store.FindAsync(_image.Name, _image.Version, Token)).Value;
        return golden.PathOf(golden.Manifest.Boot!.Kernel);
    }

    private Accelerators NewAccelerators(string asked)
    {
        var probe = new KvmProbe(Engine.Runtime.Qemu, Account, _watcher, _data, NullLogger.Instance, TimeProvider.System);
        return new Accelerators(new EngineOptions { Accelerator = asked }, _data, Engine.Runtime.Qemu, Account, probe);
    }
}
