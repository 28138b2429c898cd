using Mayfly.Engine.Images;

namespace Mayfly.Images.Tests;

public sealed class PackageSourcesTests
{
    [Fact]
    public void Translate_DebianHost_KeepsItsSitesForTheGuestsRelease() => PackageSources.Translate(
        [
            "DEP-11|http://mirror.test/debian/|bookworm|main",
            "Packages|http://mirror.test/debian/|bookworm|main",
            "Packages|http://mirror.test/debian/|bookworm|main",
            "Packages|http://mirror.test/debian/|bookworm|non-free",
            "Packages|http://mirror.test/debian/|bookworm-updates|main",
            "Packages|http://mirror.test/debian/|bookworm-backports|main",
            "Packages|http://mirror.test/debian-security/|bookworm-security|main",
            "",
        ],
        "trixie").ShouldBe(
        [
            "deb http://mirror.test/debian-security/ trixie-security main",
            "deb http://mirror.test/debian/ trixie main",
            "deb http://mirror.test/debian/ trixie-updates main",
        ]);

    [Theory]
    [InlineData("Packages|https://vendor.test/apt/|cloud-sdk-bookworm|main")]
    [InlineData("Packages|https://vendor.test/repos/apt/|bookworm-pgdg|main")]
    [InlineData("Packages|http://mirror.test/ubuntu/|noble|main")]
    [InlineData("nonsense")]
    public void Translate_OtherVendors_AreLeftOut(string target) => PackageSources.Translate([target], "trixie").ShouldBeEmpty();
}
