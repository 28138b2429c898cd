using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Operations;
using Mayfly.Engine;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Operations;

public sealed class OperationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeImageLibrary _images = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Build_SameImageTwice_SecondIsBusyAndNamesTheFirst()
    {
        var go = new TaskCompletionSource();
        _images.OnWork = async (_, _) =>
        {
            await go.Task;
            return null;
        };
        await using var house = await House.StartAsync(_directory.Root, new FakeMachineHost(), images: _images);
        var images = house.Get<ImageJobs>();
        var first = images.Build(new BuildImageRequest("micro"), "test").Value;
        var second = images.Publish("micro", new PublishImageRequest(), "test").Fault!;
        second.Code.ShouldBe(ErrorCode.Busy);
        second.What.ShouldContain(first.Id);
        images.Build(new BuildImageRequest("xfce"), "test").Fault.ShouldBeNull();
        go.SetResult();
    }

    [Fact]
    public async Task Watch_Operation_ReplaysAndEndsWithTheResult()
    {
        _images.OnWork = (progress, _) =>
        {
            progress.Report(new StepProgress("copying", 10));
            progress.Report(new StepProgress("hashing", 60));
            return Task.FromResult<Fault?>(null);
        };
        await using var house = await House.StartAsync(_directory.Root, new FakeMachineHost(), images: _images);
        var begun = house.Get<ImageJobs>().Build(new BuildImageRequest("micro"), "test").Value;
        var views = new List<OperationView>();
        await foreach (var view in house.Get<OperationBoard>().Watch(begun.Id).Value(default)) views.Add(view);
        views[^1].State.ShouldBe("succeeded");
        views[^1].Result.ShouldBe("v1");
        views[^1].Steps.Select(step => step.Name).ShouldBe(["copying", "hashing"]);
    }

    [Fact]
    public async Task Build_Throws_FailsTheOperationAndFreesTheImage()
    {
        _images.OnWork = (_, _) => throw new InvalidOperationException("a bug");
        await using var house = await House.StartAsync(_directory.Root, new FakeMachineHost(), images: _images);
        var images = house.Get<ImageJobs>();
        var begun = images.Build(new BuildImageRequest("micro"), "test").Value;
        var board = house.Get<OperationBoard>();
        await Eventually.HoldsAsync(() => Task.FromResult(board.Find(begun.Id).Value.State == "failed"), "the operation has failed");
        board.Find(begun.Id).Value.Fault!.Code.ShouldBe(ErrorCode.ImageBuildFailed);
        images.Build(new BuildImageRequest("micro"), "test").Fault.ShouldBeNull();
    }
}
