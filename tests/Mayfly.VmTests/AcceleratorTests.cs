using Mayfly.Qmp;

namespace Mayfly.VmTests;

/// <summary>The fork path under both accelerators, with a guest that runs wherever the accelerator works at all.</summary>
public sealed class AcceleratorTests(Micro micro) : VmTest(micro)
{
    [Fact]
    public Task TwoForks_OfABootSectorUnderKvm_RunOn()
    {
        Assert.SkipUnless(KvmDevice.Opens(), KvmDevice.Missing);
        return TwoForksRunOnAsync("kvm");
    }

    [Fact]
    public Task TwoForks_OfABootSectorUnderEmulation_RunOn() => TwoForksRunOnAsync("tcg");

    private async Task TwoForksRunOnAsync(string accelerator)
    {
        using var directory = new TemporaryDirectory();
        await using var bare = new BareFork(directory.Root, accelerator, Engine.Runtime.Qemu);
        using var image = await bare.PublishAsync(Token);
        var memory = GuestMemoryFile.Hash(image.Memory);
        var clones = await Task.WhenAll(bare.StartShellAsync(image, Token), bare.StartShellAsync(image, Token));

        foreach (var clone in clones)
        {
            (await clone.Machine.Qmp.QueryStatusAsync(Token)).ShouldBe("inmigrate");
            await BareFork.LoadAsync(clone, Token);
        }

        foreach (var clone in clones)
        {
            (await clone.Machine.Qmp.QueryStatusAsync(Token)).ShouldBe("running");
            await BareFork.WritesAsync(clone.Machine, Token);
            await BareFork.WritesAsync(clone.Machine, Token);
        }

        GuestMemoryFile.Hash(image.Memory).ShouldBe(memory);
    }
}
