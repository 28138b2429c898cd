using Mayfly.Engine.Images;

namespace Mayfly.Images.Tests;

public sealed class RecipeVersionTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly Recipe _recipe;
    private readonly string _agent;

    public RecipeVersionTests()
    {
        _recipe = RecipeReader.Read(Checkout.Recipes, "micro").Value with { Directory = _directory.PathOf("desk") };
        _directory.Write("desk/recipe.yaml", "suite: trixie");
        _directory.Write("desk/files/.hidden/setting", "1");
        _directory.Write("common/assemble", "#!/bin/sh");
        _agent = _directory.Write("agent", "program");
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Compute_SameContent_GivesSameVersion()
    {
        var first = await ComputeAsync();
        File.SetLastWriteTimeUtc(_agent, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        (await ComputeAsync()).ShouldBe(first);
        ImageName.IsVersion(first).ShouldBeTrue();
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("common/assemble")]
    [InlineData("desk/recipe.yaml")]
    [InlineData("desk/files/.hidden/setting")]
    [InlineData("desk/files/new")]
    public async Task Compute_OneFileChanged_GivesAnotherVersion(string file)
    {
        var first = await ComputeAsync();
        _directory.Write(file, "changed");

        (await ComputeAsync()).ShouldNotBe(first);
    }

    [Fact]
    public async Task Compute_ExecuteRightOrLinkChanged_GivesAnotherVersion()
    {
        var first = await ComputeAsync();
        File.SetUnixFileMode(_agent, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var second = await ComputeAsync();
        File.CreateSymbolicLink(_directory.PathOf("desk/files/link"), "/dev/null");

        second.ShouldNotBe(first);
        (await ComputeAsync()).ShouldNotBe(second);
    }

    private Task<string> ComputeAsync() => RecipeVersion.ComputeAsync(_recipe, _agent, TestContext.Current.CancellationToken);
}
