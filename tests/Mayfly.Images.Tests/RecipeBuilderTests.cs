using Mayfly.Contracts;
using Mayfly.Engine;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayfly.Images.Tests;

public sealed class RecipeBuilderTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    [Trait("Category", "Vm")]
    public async Task Build_Micro_IsCachedAndReproducible()
    {
        var first = (await Builder("first").BuildAsync("micro", new StepRecorder(), TestContext.Current.CancellationToken)).Value;

        var again = (await Builder("first").BuildAsync("micro", new StepRecorder(), TestContext.Current.CancellationToken)).Value;
        again.Id.ShouldBe(first.Id);
        again.Manifest.CreatedAt.ShouldBe(first.Manifest.CreatedAt);

        var other = (await Builder("second").BuildAsync("micro", new StepRecorder(), TestContext.Current.CancellationToken)).Value;
        other.Id.ShouldBe(first.Id);
        other.Manifest.Disk.ShouldBeEquivalentTo(first.Manifest.Disk);
        (await HashAsync(other, "initrd")).ShouldBe(await HashAsync(first, "initrd"));
        new FileInfo(first.PathOf("initrd")).Length.ShouldBeLessThan(16 << 20);
        Directory.GetFileSystemEntries(_directory.PathOf("first", "images", "micro")).ShouldBe([first.Directory]);
    }

    [Fact]
    [Trait("Category", "Vm")]
    public async Task Build_Cancelled_LeavesNothing()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var progress = new CancelAt("Unpacking packages", cancel);

        await Should.ThrowAsync<OperationCanceledException>(() => Builder("first").BuildAsync("micro", progress, cancel.Token));

        Directory.GetFileSystemEntries(_directory.PathOf("first", "images", "micro")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Build_UnknownPackage_QuotesWhatAptSaid()
    {
        var recipes = CopyOfMicro();
        var file = Path.Combine(recipes, "micro", Recipe.FileName);
        File.WriteAllText(file, File.ReadAllText(file).Replace("packages: []", "packages: [mayfly-no-such-package]", StringComparison.Ordinal));

        var fault = (await Builder("first", recipes).BuildAsync("micro", new StepRecorder(), TestContext.Current.CancellationToken)).Fault!;

        fault.Code.ShouldBe(ErrorCode.ImageBuildFailed);
        fault.Why!.ShouldContain("mayfly-no-such-package");
        File.Exists(_directory.PathOf("first", "cache", "build-micro.log")).ShouldBeTrue();
        Directory.GetFileSystemEntries(_directory.PathOf("first", "images", "micro")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Build_NoAgent_SaysHowToMakeIt()
    {
        var builder = Builder("first", Checkout.Recipes, _directory.PathOf("missing"));

        var fault = (await builder.BuildAsync("micro", new StepRecorder(), TestContext.Current.CancellationToken)).Fault!;

        fault.Code.ShouldBe(ErrorCode.ImageBuildFailed);
        fault.Remedy.ShouldNotBeNull();
    }

    private static Task<string> HashAsync(GoldenImage image, string file) => FileHash.Sha256Async(image.PathOf(file), TestContext.Current.CancellationToken);

    /// <summary>Any program of glibc serves as an agent that is not run.</summary>
    private RecipeBuilder Builder(string data, string? recipes = null, string agent = "/usr/bin/true")
    {
        var directory = new DataDirectory(_directory.PathOf(data));
        var store = new ImageStore(directory, NullLogger<ImageStore>.Instance);
        return new RecipeBuilder(new RecipeBuilderOptions(recipes ?? Checkout.Recipes, agent), directory, store, new ToolRunner(), TimeProvider.System);
    }

    private string CopyOfMicro()
    {
        var target = _directory.PathOf("recipes");
        foreach (var source in (string[])["micro", "common"])
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Checkout.Recipes, source), "*", SearchOption.AllDirectories))
                _directory.Write(Path.Combine("recipes", Path.GetRelativePath(Checkout.Recipes, file)), File.ReadAllText(file));
        }
        return target;
    }

    private sealed class CancelAt(string step, CancellationTokenSource source) : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
            if (value.Step == step)
                source.Cancel();
        }
    }
}
