using System.Diagnostics;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Mayfly.VmTests;

public sealed class ThumbnailTests(Micro micro) : VmTest(micro)
{
    private const int Wide = 320;

    [Fact]
    public async Task Capture_NobodyWatches_ShowsTheScreenSmall()
    {
        var clone = await ForkAsync();
        using var before = await CaptureAsync(clone, Wide);

        await RunAsync(clone, "for i in $(seq 20); do echo MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM; done >/dev/tty1");

        (before.Width, before.Height).ShouldBe((Wide, 400 * Wide / 720));
        await Eventually.HoldsAsync(
            async () =>
            {
                using var now = await CaptureAsync(clone, Wide);
                return Light(now) > Light(before) + 1000;
            },
            "twenty lines of text are in the picture");
    }

    [Fact]
    public async Task Capture_WiderThanTheScreen_IsNotMadeLarger()
    {
        using var picture = await CaptureAsync(await ForkAsync(), 1920);

        (picture.Width, picture.Height).ShouldBe((720, 400));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public async Task Capture_ImpossibleWidth_IsRefused(int width)
    {
        var clone = await ForkAsync();
        (await Machines.CaptureAsync(clone.MachineId, width, Token)).Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    [Fact]
    public async Task Capture_ManyTimes_LeavesNothingInQemu()
    {
        var clone = await ForkAsync();
        using (await CaptureAsync(clone, Wide))
        {
            var before = Traces.Descriptors(clone.ProcessId).Count;
            var watch = Stopwatch.StartNew();
            const int Many = 30;
            await Task.WhenAll(Enumerable.Range(0, Many).Select(async _ => (await CaptureAsync(clone, Wide)).Dispose()));
            TestContext.Current.TestOutputHelper!.WriteLine($"{watch.Elapsed.TotalMilliseconds / Many:0.0} ms a picture");
            Traces.Descriptors(clone.ProcessId).Count.ShouldBe(before);
        }
    }

    [Fact]
    public async Task Capture_OfAGuestThatStandsStill_IsRefusedAndCostsNothing()
    {
        var clone = await ForkAsync();
        var qmp = Engine.Inside(clone).Qemu.Qmp;
        await qmp.ExecuteAsync("stop", null, TimeSpan.FromSeconds(10), Token);
        var before = Traces.Descriptors(clone.ProcessId).Count;

        (await Machines.CaptureAsync(clone.MachineId, Wide, Token)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);

        Traces.Descriptors(clone.ProcessId).Count.ShouldBe(before);
        await qmp.ExecuteAsync("cont", null, TimeSpan.FromSeconds(10), Token);
    }

    [Fact]
    public async Task Capture_OfNoMachine_IsNotFound() =>
        (await Machines.CaptureAsync("nobody", Wide, Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);

    private async Task<Image<Rgb24>> CaptureAsync(HostMachine machine, int width)
    {
        var taken = await Machines.CaptureAsync(machine.MachineId, width, Token);
        taken.Fault.ShouldBeNull();
        taken.Value.AsSpan(0, 2).ToArray().ShouldBe([0xff, 0xd8]);
        return SixLabors.ImageSharp.Image.Load<Rgb24>(taken.Value);
    }

    private static long Light(Image<Rgb24> picture)
    {
        var sum = 0L;
        picture.ProcessPixelRows(rows =>
        {
            for (var row = 0; row < rows.Height; row++)
                foreach (var pixel in rows.GetRowSpan(row))
                    sum += (pixel.R + pixel.G + pixel.B) / 3;
        });
        return sum;
    }
}
