using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace Mayfly.Debian.Tests;

/// <summary>What is in the package, whose it is, and what describes it.</summary>
public sealed partial class ContentsTests(BuiltPackage package)
{
    private static readonly string[] s_needed =
    [
        "usr/bin/mayfly", "usr/sbin/mayflyd", "usr/lib/mayfly/mayfly-agent", "usr/lib/mayfly/dotnet/LICENSE.txt", "usr/lib/mayfly/dotnet/ThirdPartyNotices.txt",
        "usr/share/mayfly/console/index.html", "usr/share/mayfly/images/micro/recipe.yaml", "usr/share/mayfly/images/xfce/recipe.yaml",
        "etc/mayfly/mayflyd.conf", "usr/lib/systemd/system/mayflyd.service", "usr/lib/systemd/system/mayfly-machines.service", "usr/lib/sysusers.d/mayfly.conf",
        "usr/share/bash-completion/completions/mayfly", "usr/share/zsh/vendor-completions/_mayfly", "usr/share/fish/vendor_completions.d/mayfly.fish",
        "usr/share/doc/mayfly/copyright", "usr/share/doc/mayfly/changelog.gz", "usr/share/doc/mayfly/install.md",
    ];

    // Where Debian has such things; nothing of an administrator's own, and nothing that other packages fill.
    private static readonly string[] s_places =
    [
        "etc/mayfly/", "usr/bin/mayfly", "usr/sbin/mayflyd", "usr/lib/mayfly/", "usr/lib/systemd/system/mayfly", "usr/lib/sysusers.d/mayfly.conf", "usr/share/mayfly/",
        "usr/share/doc/mayfly/", "usr/share/bash-completion/completions/mayfly", "usr/share/zsh/vendor-completions/_mayfly", "usr/share/fish/vendor_completions.d/mayfly.fish",
    ];

    [Fact]
    public async Task Files_OfThePackage_AreThereAndWhereTheyBelong()
    {
        var files = (await ListAsync()).Where(entry => entry.Kind == '-').Select(entry => entry.Path).ToList();
        s_needed.Except(files).ShouldBeEmpty();
        files.Where(file => !s_places.Any(place => file.StartsWith(place, StringComparison.Ordinal))).ShouldBeEmpty();
        files.Where(file => file.Contains("/runtimes/win", StringComparison.Ordinal) || file.EndsWith(".dbg", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Owners_AndModes_AreDebians()
    {
        foreach (var entry in await ListAsync())
        {
            entry.Owner.ShouldBe("root/root", entry.Path);
            var expected = entry switch
            {
                { Kind: 'd' } => "rwxr-xr-x",
                { Kind: 'l' } => "rwxrwxrwx",
                { Path: "etc/mayfly/mayflyd.conf" } => "rw-r-----",
                { Path: "usr/bin/mayfly" or "usr/sbin/mayflyd" or "usr/lib/mayfly/mayfly-agent" or "usr/lib/mayfly/server/mayflyd" or "usr/lib/mayfly/cli/mayfly" } => "rwxr-xr-x",
                _ => null,
            };
            if (expected is null) entry.Mode.ShouldBeOneOf("rw-r--r--", "rwxr-xr-x");
            else entry.Mode.ShouldBe(expected, entry.Path);
        }
    }

    [Fact]
    public async Task Description_Version_IsThatOfTheBuild()
    {
        var version = VersionLine().Match(File.ReadAllText(Path.Combine(Checkout.Root, "Directory.Build.props"))).Groups[1].Value;
        (await package.FieldAsync("Version")).ShouldBe(version);
        (await package.FieldAsync("Architecture")).ShouldBe("amd64");
        Path.GetFileName(package.File).ShouldBe($"mayfly_{version}_amd64.deb");
        (await Programs.ReadAsync("gzip", "-dc", At("usr/share/doc/mayfly/changelog.gz"))).ShouldStartWith($"mayfly ({version}) ");
    }

    [Fact]
    public async Task Settings_AreKeptAtAnUpgradeAndNameWhatMayflydKnows()
    {
        (await ControlFileAsync("conffiles")).ShouldBe("/etc/mayfly/mayflyd.conf\n");
        var known = File.ReadAllText(Path.Combine(Checkout.Root, "src/Mayfly.Server/Hosting/ServerOptions.cs"));
        var named = SettingLine().Matches(File.ReadAllText(At("etc/mayfly/mayflyd.conf"))).Select(match => match.Groups[1].Value).ToList();
        named.Count.ShouldBeGreaterThan(8);
        named.Where(name => !known.Contains(name, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("postinst")]
    [InlineData("prerm")]
    [InlineData("postrm")]
    public async Task MaintainerScript_ParsesAndStopsAtErrors(string name)
    {
        var script = await ControlFileAsync(name);
        script.ShouldStartWith("#!/bin/sh\n");
        script.ShouldContain("\nset -e\n");
        (await Programs.RunAsync("sh", ["-n", Path.Combine(Checkout.Root, "eng/debian", name)])).Error.ShouldBeEmpty();
    }

    [Fact]
    public void Libraries_OfOthers_HaveTheirLicence()
    {
        var patterns = File.ReadLines(At("usr/share/doc/mayfly/copyright")).Where(line => line.StartsWith("Files: usr/", StringComparison.Ordinal))
            .SelectMany(line => line["Files: ".Length..].Split(' ')).ToList();
        var libraries = ((string[])["server", "cli"]).SelectMany(part => Directory.EnumerateFiles(At($"usr/lib/mayfly/{part}"), "*", SearchOption.AllDirectories))
            .Where(file => file.EndsWith(".dll", StringComparison.Ordinal) || file.EndsWith(".so", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(package.Tree, file)).Where(file => !Path.GetFileName(file).StartsWith("mayfly", StringComparison.OrdinalIgnoreCase)).ToList();
        libraries.ShouldNotBeEmpty();
        libraries.Where(file => !patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, file, ignoreCase: false))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Package_MadeTwice_IsTheSame()
    {
        var again = await package.MakeAsync("second");
        File.ReadAllBytes(again).AsSpan().SequenceEqual(File.ReadAllBytes(package.File)).ShouldBeTrue();
    }

    [GeneratedRegex("<Version>(.*)</Version>")]
    private static partial Regex VersionLine();

    [GeneratedRegex("^#?(MAYFLY_[A-Z_]+|OTEL_[A-Z_]+)=", RegexOptions.Multiline)]
    private static partial Regex SettingLine();

    private string At(string path) => Path.Combine(package.Tree, path);

    private Task<string> ControlFileAsync(string name) => Programs.ReadAsync("dpkg-deb", "-I", package.File, name);

    private async Task<List<Entry>> ListAsync() =>
    [
        .. (await Programs.ReadAsync("dpkg-deb", "-c", package.File)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries))
            .Select(fields => new Entry(fields[0][0], fields[0][1..], fields[1], fields[5].TrimStart('.').Trim('/'))),
    ];

    private sealed record Entry(char Kind, string Mode, string Owner, string Path);
}
