using Mayfly.Contracts;
using Mayfly.Engine.Images;

namespace Mayfly.Images.Tests;

public sealed class RecipeReaderTests : IDisposable
{
    private const string Good = """
        suite: trixie
        kind: disk
        kernel: linux-image-amd64
        modules: [virtio_blk, ext4]
        packages: [systemd, g++, libx11-6]
        hardware: { memoryMib: 1024, cpus: 2, videoMemoryMib: 8 }
        disk: { sizeMib: 4096 }
        commandLine: >-
          quiet
          audit=0
        settle: { quietSeconds: 5, busyPercent: 2.5, timeoutSeconds: 300 }
        """;

    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("micro", RecipeKind.Initramfs)]
    [InlineData("xfce", RecipeKind.Disk)]
    public void Read_RecipesOfThisCheckout_AreValid(string name, RecipeKind kind)
    {
        var recipe = RecipeReader.Read(Checkout.Recipes, name).Value;

        recipe.Kind.ShouldBe(kind);
        recipe.Suite.ShouldBe("trixie");
        recipe.CommandLine.ShouldNotContain("\n");
        Directory.Exists(recipe.FilesDirectory).ShouldBeTrue();
        File.Exists(Path.Combine(recipe.CommonDirectory, "assemble")).ShouldBeTrue();
    }

    [Fact]
    public void Names_OfThisCheckout_LeaveOutWhatIsCommon() => RecipeReader.Names(Checkout.Recipes).ShouldBe(["micro", "xfce"]);

    [Fact]
    public void Read_GoodRecipe_KeepsAllValues()
    {
        var recipe = Read(Good).Value;

        recipe.Name.ShouldBe("desk");
        recipe.Packages.ShouldBe(["systemd", "g++", "libx11-6"]);
        recipe.Hardware.ShouldBe(new ImageHardware(1024, 2, 8));
        recipe.DiskMib.ShouldBe(4096);
        recipe.CommandLine.ShouldBe("quiet audit=0");
        recipe.Settle.BusyPercent.ShouldBe(2.5);
    }

    [Fact]
    public void Read_ManyErrors_AreSaidAtOnce()
    {
        var fault = Read(Good.Replace("1024", "1", StringComparison.Ordinal)
            .Replace("kind: disk", "kind: cloud", StringComparison.Ordinal)
            .Replace("g++", "-y", StringComparison.Ordinal)).Fault!;

        fault.Code.ShouldBe(ErrorCode.RecipeInvalid);
        fault.Why!.ShouldContain("memoryMib");
        fault.Why!.ShouldContain("kind");
        fault.Why!.ShouldContain("'-y'");
    }

    [Theory]
    [InlineData("videoMemoryMib: 8", "videoMemoryMib: 7")]
    [InlineData("modules: [virtio_blk, ext4]", "modules: []")]
    [InlineData("modules: [virtio_blk, ext4]", "modules: ['../x']")]
    [InlineData("suite: trixie", "suite: ../etc")]
    [InlineData("packages: [systemd", "packages: [null")]
    [InlineData("quiet", "quiét")]
    [InlineData("quietSeconds: 5", "quietSeconds: -1")]
    [InlineData("sizeMib: 4096", "sizeMib: 1")]
    [InlineData("sizeMib: 4096", "sizeMib: many")]
    [InlineData("suite: trixie", "suite: trixie\nsuit: trixie")]
    [InlineData("suite: trixie", "suite: trixie\nsuite: trixie")]
    [InlineData("suite: trixie", "suite: [")]
    public void Read_BadField_IsRefused(string good, string bad) =>
        Read(Good.Replace(good, bad, StringComparison.Ordinal)).Fault!.Code.ShouldBe(ErrorCode.RecipeInvalid);

    [Fact]
    public void Read_EmptyFile_IsRefused() => Read("").Fault!.Code.ShouldBe(ErrorCode.RecipeInvalid);

    [Theory]
    [InlineData("missing")]
    [InlineData("../recipes/desk")]
    [InlineData("")]
    public void Read_UnknownName_NamesThoseThereAre(string name)
    {
        _ = Read(Good);

        var fault = RecipeReader.Read(_directory.Root, name).Fault!;

        fault.Code.ShouldBe(ErrorCode.NotFound);
        fault.Remedy!.ShouldContain("desk");
    }

    private Outcome<Recipe> Read(string yaml)
    {
        _directory.Write("desk/recipe.yaml", yaml);
        return RecipeReader.Read(_directory.Root, "desk");
    }
}
