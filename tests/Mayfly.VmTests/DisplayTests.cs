namespace Mayfly.VmTests;

public sealed class DisplayTests(Micro micro) : VmTest(micro)
{
    // A text console with a prompt and a few lines has this many lit pixels and far more dark ones.
    private const int FewestLit = 200;

    [Fact]
    public async Task Display_OfAMachine_ShowsItsConsole()
    {
        var clone = await ForkAsync();
        await using var stream = await OpenAsync(clone);
        var viewer = new RfbClient(stream);

        await viewer.ShakeHandsAsync(Token);
        var picture = await viewer.LookAsync(Token);

        (viewer.Width, viewer.Height).ShouldBe((720, 400));
        var lit = Lit(picture);
        lit.ShouldBeInRange(FewestLit, viewer.Width * viewer.Height / 2);
    }

    [Fact]
    public async Task Display_WhenTheGuestWrites_ShowsIt()
    {
        var clone = await ForkAsync();
        await using var stream = await OpenAsync(clone);
        var viewer = new RfbClient(stream);
        await viewer.ShakeHandsAsync(Token);
        var before = Lit(await viewer.LookAsync(Token));

        await RunAsync(clone, "for i in $(seq 20); do echo MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM; done >/dev/tty1");

        await Eventually.HoldsAsync(async () => Lit(await viewer.LookAsync(Token)) > before + 5000, "twenty lines of text are seen");
    }

    [Fact]
    public async Task ThreeDisplays_AtOnce_ShowTheSame()
    {
        var clone = await ForkAsync();
        var before = SocketsOf(clone);
        Stream[] streams = [await OpenAsync(clone), await OpenAsync(clone), await OpenAsync(clone)];
        RfbClient[] viewers = [.. streams.Select(stream => new RfbClient(stream))];

        await Task.WhenAll(viewers.Select(viewer => viewer.ShakeHandsAsync(Token)));
        var pictures = await Task.WhenAll(viewers.Select(viewer => viewer.LookAsync(Token)));

        pictures.ShouldAllBe(picture => Lit(picture) > FewestLit);
        foreach (var stream in streams)
            await stream.DisposeAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(SocketsOf(clone) == before), "QEMU has closed its ends");
        (await RunAsync(clone, "echo alive")).ShouldBe("alive");
    }

    [Fact]
    public async Task Display_WhenTheMachineIsDestroyed_Ends()
    {
        var clone = await ForkAsync();
        await using var stream = await OpenAsync(clone);
        await new RfbClient(stream).ShakeHandsAsync(Token);

        await Machines.DestroyAsync(clone.MachineId);

        (await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, Token)).ShouldBe(0);
        (await Machines.OpenDisplayAsync(clone.MachineId, Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Sound_OfAMachineWithoutACard_IsRefused()
    {
        var clone = await ForkAsync();
        (await Machines.OpenSoundAsync(clone.MachineId, Token)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
        (await Machines.HasSoundAsync(clone.MachineId, Token)).ShouldBeFalse();
        (await Machines.OpenSoundAsync("nobody", Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    private async Task<Stream> OpenAsync(HostMachine machine)
    {
        var opened = await Machines.OpenDisplayAsync(machine.MachineId, Token);
        opened.Fault.ShouldBeNull();
        return opened.Value;
    }

    private static int SocketsOf(HostMachine machine) => Traces.Descriptors(machine.ProcessId).Values.Count(target => target.StartsWith("socket:", StringComparison.Ordinal));

    private static int Lit(byte[] picture) => picture.Chunk(4).Count(pixel => pixel[0] + pixel[1] + pixel[2] > 0);
}
