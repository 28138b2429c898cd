using Mayfly.Contracts;
using Mayfly.Engine.Attaching;

namespace Mayfly.Packages.Tests;

/// <summary>Packages on disk: whole or not at all.</summary>
public sealed class StoreTests : PackageTest
{
    [Fact]
    public async Task Load_AfterARestart_KnowsAllThatIsWhole()
    {
        var made = (await House.ImportAsync(Archive.Plain(PathOf("a.tar")))).Value;
        Directory.CreateDirectory(Path.Combine(House.Data.Packages, ".making-12345678"));
        await File.WriteAllTextAsync(Path.Combine(House.Data.Packages, ".making-12345678", "package.squashfs"), "half", Token);
        Directory.CreateDirectory(Path.Combine(House.Data.Packages, "half"));
        await File.WriteAllTextAsync(Path.Combine(House.Data.Packages, "half", "package.squashfs"), "half removed", Token);
        Directory.CreateDirectory(Path.Combine(House.Data.Packages, "odd"));
        await File.WriteAllTextAsync(Path.Combine(House.Data.Packages, "odd", "manifest.json"), "{}", Token);

        var later = new PackageHouse(House.Data.Root);

        var found = later.Library.List().ShouldHaveSingleItem();
        found.Sha256.ShouldBe(made.Sha256);
        found.Entries.ShouldBe(made.Entries);
        later.Left.Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["app1", "odd"]);
    }

    [Fact]
    public async Task List_OnStorageThatAnotherHostHasToo_HasWhatThatMadeAndNotWhatItRemoved()
    {
        var other = new PackageHouse(House.Data.Root);
        var made = (await House.ImportAsync(Archive.Plain(PathOf("a.tar")))).Value;

        other.Library.List().ShouldHaveSingleItem().Sha256.ShouldBe(made.Sha256);

        (await House.Library.RemoveAsync("app1", Token)).Fault.ShouldBeNull();
        other.Library.List().ShouldBeEmpty();
        (await other.Library.RemoveAsync("app1", Token)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Import_Cancelled_LeavesNothing()
    {
        using var cancel = new CancellationTokenSource();
        var progress = new Cancelling(cancel);
        var path = Archive.Plain(PathOf("a.tar"));

        await Should.ThrowAsync<OperationCanceledException>(() => House.Library.ImportAsync("app1", path, new PackageRules(), progress, cancel.Token));

        House.Left.ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_OnAFullDisk_SaysSoAndLeavesNothing()
    {
        var (disk, lack) = SmallDisk.TryMake(8);
        Assert.SkipWhen(disk is null, lack);
        using (disk)
        {
            var house = new PackageHouse(Path.Combine(disk!.Root, "data"));
            using (var archive = NewArchive())
                archive.Bytes("usr/noise", Noise(12 << 20));

            var fault = (await house.ImportAsync(PathOf("archive.tar"))).Fault.ShouldNotBeNull();

            fault.Code.ShouldBe(ErrorCode.HostDiskLow, fault.ToString());
            house.Left.ShouldBeEmpty();

            // The copy of a squashfs finds it full before anything is written.
            var whole = await House.ImportAsync(PathOf("archive.tar"));
            whole.Fault.ShouldBeNull();
            (await house.ImportAsync(House.FileOf())).Fault.ShouldNotBeNull().Code.ShouldBe(ErrorCode.HostDiskLow);
            house.Left.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Remove_WhileAMachineHasIt_IsRefused()
    {
        (await House.ImportAsync(Archive.Plain(PathOf("a.tar")))).Fault.ShouldBeNull();
        await House.Machines.ProvisionAsync(new ProvisionRequest("m", "m", new ImageVersion("i", "v")), null, Token);
        await House.Machines.AttachAsync("m", new Attachments(["app1"]), Token);

        (await House.Library.RemoveAsync("app1", Token)).Fault!.Code.ShouldBe(ErrorCode.PackageInUse);

        await House.Machines.AttachAsync("m", Attachments.None, Token);
        (await House.Library.RemoveAsync("app1", Token)).Fault.ShouldBeNull();
        (await House.Library.RemoveAsync("app1", Token)).Fault.ShouldBeNull();
        House.Library.Open("app1").Fault!.Code.ShouldBe(ErrorCode.NotFound);
        House.Left.ShouldBeEmpty();
    }

    private static byte[] Noise(int bytes)
    {
        var noise = new byte[bytes];
        new Random(1).NextBytes(noise);
        return noise;
    }

    private sealed class Cancelling(CancellationTokenSource cancel) : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
            if (value.Step == "Looking for programs")
                cancel.Cancel();
        }
    }
}
