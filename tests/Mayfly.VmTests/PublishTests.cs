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

        await Should.ThrowAsync<OperationCanceledException>(() => engine.Images.PublishAsync(Image.Name, Image.Version, new CancelAt(step, cancel), cancel.Token));

        Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(data.Warm)!).ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(data.Machines).ShouldBeEmpty();
        Traces.Processes(data.Root).ShouldBeEmpty();
    }

    [Fact]
    public async Task Publish_OverWhatAKilledOneLeft_Works()
    {
        var data = MakeData(published: false);
        // What is there after a power cut while the memory was written: a staging directory, and a final one that never got its manifest.
        Directory.CreateDirectory(data.Warm + ".new");
        File.WriteAllText(Path.Combine(data.Warm + ".new", "memory"), "half");
        Directory.CreateDirectory(data.Warm);
        File.WriteAllText(Path.Combine(data.Warm, "state"), "half");
        await using var engine = await data.StartAsync();

        (await engine.Images.PublishAsync(Image.Name, Image.Version, new Progress<StepProgress>(), Token)).Fault.ShouldBeNull();

        Directory.EnumerateDirectories(Path.GetDirectoryName(data.Warm)!).ShouldBe([data.Warm]);
        (await engine.TryForkAsync(Image)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Publish_OfWhatIsPublished_StartsNothing()
    {
        var steps = new List<string>();

        (await Engine.Images.PublishAsync(Image.Name, null, new Recorder(steps), Token)).Value.ShouldBe(Image);

        steps.ShouldBe(["Verifying what is published"]);
    }

    /// <summary>Cancels when a step begins; at once, unlike <see cref="Progress{T}"/>.</summary>
    private sealed class CancelAt(string step, CancellationTokenSource cancel) : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
            if (value.Step == step)
                cancel.Cancel();
        }
    }

    private sealed class Recorder(List<string> steps) : IProgress<StepProgress>
    {
        public void Report(StepProgress value) => steps.Add(value.Step);
    }
}
