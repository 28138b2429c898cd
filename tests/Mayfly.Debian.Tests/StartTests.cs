using System.Net;

namespace Mayfly.Debian.Tests;

/// <summary>What is in the package runs by itself.</summary>
public sealed class StartTests(BuiltPackage package, UnpackedDaemon daemon) : IClassFixture<UnpackedDaemon>
{
    [Fact]
    public async Task Mayflyd_FromThePackage_ServesAndSaysSo()
    {
        daemon.Notification.ShouldBe("READY=1");

        // The runtime is the package's own, whatever else this host has.
        var libraries = File.ReadLines($"/proc/{daemon.ProcessId}/maps").Where(line => line.Contains("libcoreclr.so", StringComparison.Ordinal)).ToList();
        libraries.ShouldNotBeEmpty();
        libraries.ShouldAllBe(line => line.Contains($"{package.Tree}/usr/lib/mayfly/dotnet/", StringComparison.Ordinal));

        using var browser = new HttpClient { BaseAddress = daemon.Address };
        (await browser.GetStringAsync("/")).ShouldContain("<script");
        (await browser.GetStringAsync("/api/v1/sign-in/ways")).ShouldStartWith("{");
        (await browser.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task CommandLine_FromThePackage_ExaminesTheHostAndMakesTheFirstAdministrator()
    {
        (await daemon.RunAsync("--version")).Output.ShouldStartWith(await package.FieldAsync("Version"));
        (await daemon.RunAsync("doctor")).Output.ShouldContain("MiB of disk are free");
        (await daemon.RunAsync("image", "build", "--help")).ExitCode.ShouldBe(0);

        var added = await daemon.RunAsync("user", "add", "ada", "--administrator");
        added.ExitCode.ShouldBe(0, added.Error);
        added.Output.ShouldContain("Password, shown this once:");
    }
}
