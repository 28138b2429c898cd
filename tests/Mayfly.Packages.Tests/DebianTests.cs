using System.Text;
using Mayfly.Contracts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Packages.Capturing;
using Mayfly.Engine.Processes;

namespace Mayfly.Packages.Tests;

/// <summary>What hands-free installation does on the host, with the real apt.</summary>
public sealed class DebianTests : IDisposable
{
    private const string Suite = "trixie";
    private const string Libc = "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nMulti-Arch: same\nVersion: 9:9\n\n";

    private readonly TemporaryDirectory _directory = new();
    private readonly ToolRunner _tools = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Clean_StatusOfAGuest_KeepsWhatMattersAlone()
    {
        var status = "Package: a\nStatus: install ok installed\nVersion: 1\nDescription: x\n more\nConffiles:\n /etc/x 0\nDepends: b (>= 1), c | d\nEvil: 1\n\n"
            + "Package: odd\u0007\nVersion: 1\n\nVersion: 2\n\nPackage: b\nPackage: c\nVersion: 3\nVersion: \u001b[2J\n";

        DpkgStatus.Clean(Encoding.UTF8.GetBytes(status)).ShouldBe(
            "Package: a\nStatus: install ok installed\nVersion: 1\nDepends: b (>= 1), c | d\n\nPackage: b\nVersion: 3\n\n");
    }

    [Fact]
    public async Task Download_Package_BringsWhatTheGuestLacks()
    {
        await SkipWithoutMirrorAsync();

        var debs = (await DownloadAsync(Libc, "hello")).Value;

        debs.ShouldHaveSingleItem();
        Path.GetFileName(debs[0]).ShouldStartWith("hello_");
        Squash.Shell($"dpkg-deb --field '{debs[0]}' Package").Trim().ShouldBe("hello");
    }

    [Fact]
    public async Task Download_UnknownPackage_SaysSo()
    {
        await SkipWithoutMirrorAsync();

        var fault = (await DownloadAsync(Libc, "mayfly-no-such-package")).Fault.ShouldNotBeNull();

        fault.Code.ShouldBe(ErrorCode.CaptureFailed);
        fault.Why!.ShouldContain("mayfly-no-such-package");
    }

    [Fact]
    public async Task Download_FileThatNeedsAnother_BringsThat()
    {
        await SkipWithoutMirrorAsync();
        var file = MakeDeb("needy", "hello");

        var debs = (await DownloadAsync(Libc, file)).Value;

        debs.Select(Path.GetFileName).ShouldHaveSingleItem()!.ShouldStartWith("hello_");
    }

    [Fact]
    public async Task Download_FileThatNeedsNothing_NeedsNoMirror()
    {
        var debs = await DownloadAsync(Libc, MakeDeb("modest", "libc6"));

        debs.Fault.ShouldBeNull();
        debs.Value.ShouldBeEmpty();
    }

    private Task<Outcome<IReadOnlyList<string>>> DownloadAsync(string status, params string[] wanted) => new DebianResolver(new PackageSources(_tools), _tools).DownloadAsync(
        Directory.CreateDirectory(Path.Combine(_directory.Root, "work")).FullName, new GuestPackages(Suite, status), wanted, Token);

    private string MakeDeb(string name, string needs)
    {
        var tree = Path.Combine(_directory.Root, name);
        Directory.CreateDirectory(Path.Combine(tree, "DEBIAN"));
        File.WriteAllText(Path.Combine(tree, "DEBIAN", "control"), $"Package: {name}\nVersion: 1\nArchitecture: all\nMaintainer: x <x@example.org>\nDepends: {needs}\nDescription: x\n");
        Squash.Shell($"dpkg-deb --build '{tree}' '{tree}.deb'");
        return tree + ".deb";
    }

    private async Task SkipWithoutMirrorAsync()
    {
        var found = await new PackageSources(_tools).FindAsync(Suite, Token);
        Assert.SkipWhen(found.Fault is not null, $"This host's apt knows no Debian mirror: {found.Fault}");
        var site = found.Value.Lines.Select(line => line.Split(' ')).First(parts => parts[2] == Suite)[1].TrimEnd('/');
        var answers = await _tools.RunAsync(new ToolStart("/usr/lib/apt/apt-helper", "apt", ["download-file", $"{site}/dists/{Suite}/Release", Path.Combine(_directory.Root, "Release")]), Token);
        Assert.SkipWhen(answers.Fault is not null || answers.Value.ExitCode != 0, $"The mirror {site} does not answer.");
    }
}
