using Mayfly.Contracts;
using Mayfly.Engine.Packages;
using Mayfly.Engine.Shipping;

namespace Mayfly.Engine.Tests.Shipping;

/// <summary>Packages that arrive whole, with what they are known by.</summary>
public sealed class PackageShipmentTests : ShippingTestBase
{
    private static readonly Cargo s_package = Cargo.Package("p1");

    [Fact]
    public async Task Ship_NewPackage_IsThereAsIfMadeThere()
    {
        var made = await Here.PackAsync("p1", [.. Pages(1, 2), 3]);

        (await ShipAsync(s_package)).Value.SentPages.ShouldBe(3);

        var there = There.Packages.All.ShouldHaveSingleItem();
        (there with { Programs = made.Programs, PrivilegedFiles = made.PrivilegedFiles }).ShouldBe(made);
        var file = PackageStore.FileIn(There.Packages.DirectoryOf("p1"));
        (await File.ReadAllBytesAsync(file, Token)).ShouldBe([.. Pages(1, 2), 3]);
        File.GetUnixFileMode(file).ShouldBe(PackageStore.Readable);
        Staged(There).ShouldBeEmpty();
        (await ShipAsync(s_package)).Value.SentBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Ship_AnotherVersion_SendsWhatIsNew()
    {
        await Here.PackAsync("p1", Pages(Enumerable.Range(1, 100)));
        await ShipAsync(s_package);
        await Here.PackAsync("p2", Pages(Enumerable.Range(5, 100)));

        (await ShipAsync(Cargo.Package("p2"))).Value.SentPages.ShouldBe(4);
    }

    [Fact]
    public async Task Ship_NotWhatItsManifestSays_LeavesNothing()
    {
        await Here.PackAsync("p1", Pages(1), sha256: new string('a', 64));

        (await ShipAsync(s_package)).Fault!.Code.ShouldBe(ErrorCode.PackageInvalid);

        There.Packages.All.ShouldBeEmpty();
        Staged(There).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ship_AnotherPackageOfThatId_IsRefused()
    {
        await Here.PackAsync("p1", Pages(1));
        await There.PackAsync("p1", Pages(2));

        (await ShipAsync(s_package)).Fault!.Code.ShouldBe(ErrorCode.AlreadyExists);
    }

    [Theory]
    [InlineData("\"p1\"", "\"p2\"")]
    [InlineData("\"bytes\": 4096", "\"bytes\": 4097")]
    [InlineData("\"programs\": []", "\"programs\": null")]
    [InlineData("\"privilegedFiles\": []", "\"privilegedFiles\": null")]
    [InlineData("{", "[")]
    [InlineData("\"bytes\": 4096", "\"bytes\": 4e4096")]
    public async Task Begin_HostileManifest_IsRefused(string good, string bad)
    {
        await Here.PackAsync("p1", Pages(1));
        var offer = await OfferAsync(s_package);
        offer.Manifest.ShouldContain(good);

        var refused = await There.Receiver.BeginAsync(offer with { Manifest = offer.Manifest.Replace(good, bad, StringComparison.Ordinal) }, ShippingPurpose.Keep, Token);

        refused.Fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
        Directory.EnumerateFileSystemEntries(There.Data.Root).ShouldBeEmpty();
    }
}
