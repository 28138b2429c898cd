namespace Mayfly.VmTests;

public sealed class PublishTests(Micro micro) : SideTest(micro)
{
    [Theory]
    [InlineData("Booting the parent")]
    [InlineData("Waiting for a drawn, quiet desktop")]
    [InlineData("Writing memory and hashes")]
    public async Task Publish_Interrupted_LeavesNothing(string step)
    {
        var data = MakeData(published: false);
        await using var engine = await data.StartAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);

        await Should.ThrowAsync<OperationCanceledException>(() => engine.Images.PublishAsync(Image.Name, Image.Version, new At(step, cancel.Cancel), cancel.Token));

        Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(data.Warm)!).ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(data.Machines).ShouldBeEmpty();
        Traces.Processes(data.Root).ShouldBeEmpty();
    }

    [Fact]
    public async Task Publish_KilledWhileTheParentBoots_LeavesNothingAfterTheNextStart()
    {
        var data = MakeData(published: false);
        await AbandonedEngine.LeaveParentAsync(data, Token);
        Traces.Processes(data.Machines).ShouldHaveSingleItem();
        Directory.Exists(data.Warm + ".new").ShouldBeTrue();

        await using var engine = await data.StartAsync();

        Traces.Processes(data.Root).ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(data.Machines).ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(data.Warm)!).ShouldBeEmpty();
        (await engine.Images.PublishAsync(Image.Name, Image.Version, new Progress<StepProgress>(), Token)).Fault.ShouldBeNull();
        (await engine.TryForkAsync(Image)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Start_AfterAPowerCut_KeepsWholeWarmImagesOnly()
    {
        var data = MakeData();
        foreach (var half in (string[])[data.Warm + ".new", data.Warm + "0", Path.Combine(data.Root, "warm", "other", "1.new")])
        {
            Directory.CreateDirectory(half);
            await File.WriteAllTextAsync(Path.Combine(half, "memory"), "half", Token);
        }

        await using var engine = await data.StartAsync();

        Directory.GetDirectories(Path.Combine(data.Root, "warm", Image.Name)).ShouldBe([data.Warm]);
        Directory.GetDirectories(Path.Combine(data.Root, "warm", "other")).ShouldBeEmpty();
        (await engine.TryForkAsync(Image)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Publish_OfWhatIsPublished_StartsNothing()
    {
        var steps = new List<string>();

        (await Engine.Images.PublishAsync(Image.Name, null, new Recorder(steps), Token)).Value.ShouldBe(Image);

        steps.ShouldBe(["Verifying what is published"]);
    }

    private sealed class Recorder(List<string> steps) : IProgress<StepProgress>
    {
        public void Report(StepProgress value) => steps.Add(value.Step);
    }
}
