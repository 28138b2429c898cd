namespace Mayfly.VmTests;

public sealed class ScreenSizeTests(Micro micro) : VmTest(micro)
{
    [Fact]
    public async Task SetScreen_InAGuestWithoutADesktop_IsRefused()
    {
        var clone = await ForkAsync();

        var refused = (await Machines.SetScreenAsync(clone.MachineId, 1024, 768, Token)).Fault!;

        refused.Code.ShouldBe(ErrorCode.AgentRefused);
        refused.Why!.ShouldContain("no desktop");
        (await RunAsync(clone, "echo alive")).ShouldBe("alive");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-640, -480)]
    [InlineData(639, 480)]
    [InlineData(640, 479)]
    [InlineData(4104, 1080)]
    [InlineData(1920, 2305)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(int.MinValue, int.MinValue)]
    public async Task SetScreen_ImpossibleSize_IsRefusedBeforeTheGuestHearsOfIt(int width, int height)
    {
        var clone = await ForkAsync();
        (await Machines.SetScreenAsync(clone.MachineId, width, height, Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    [Fact]
    public async Task SetScreen_OfNoMachine_IsNotFound() =>
        (await Machines.SetScreenAsync("nobody", 1024, 768, Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
}
