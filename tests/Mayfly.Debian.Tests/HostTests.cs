namespace Mayfly.Debian.Tests;

/// <summary>What the package asks of a host.</summary>
public sealed class HostTests(BuiltPackage package)
{
    [Fact]
    public async Task Dependencies_All_AreInTheDistribution()
    {
        var needs = (await package.FieldAsync("Depends")).Split(", ").Select(need => need.Split(" | ")).ToList();
        needs.Count.ShouldBeGreaterThan(10);
        var known = await CandidatesAsync([.. needs.SelectMany(alternatives => alternatives)]);
        Assert.SkipWhen(known.Count == 0, "This host's apt has no package lists.");
        needs.Where(alternatives => !alternatives.Any(known.Contains)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Dependencies_HaveAllThatACheckoutInstalls()
    {
        var listed = File.ReadLines(Path.Combine(Checkout.Root, "src/Mayfly.Engine/packages.apt")).Where(line => !line.StartsWith('#'));
        listed.Except((await package.FieldAsync("Depends")).Split(", ")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Units_SystemdVerifies_HaveNoMistake()
    {
        Assert.SkipUnless(Programs.Exist("systemd-analyze"), "systemd is not installed here.");
        // The programs are where the package is unpacked, not where the units will find them.
        var units = Directory.CreateTempSubdirectory("mf-units");
        try
        {
            foreach (var unit in Directory.GetFiles(Path.Combine(package.Tree, "usr/lib/systemd/system")))
                File.WriteAllText(Path.Combine(units.FullName, Path.GetFileName(unit)), File.ReadAllText(unit).Replace("/usr/sbin/", $"{package.Tree}/usr/sbin/", StringComparison.Ordinal));
            var verified = await Programs.RunAsync("systemd-analyze", ["verify", "--man=no", .. Directory.GetFiles(units.FullName)]);
            // Units of the host that these come after have mistakes of their own.
            (verified.Output + verified.Error).Split('\n').Where(line => line.Contains("mayfly", StringComparison.Ordinal)).ShouldBeEmpty();
        }
        finally
        {
            units.Delete(recursive: true);
        }
    }

    /// <summary>Those of the names that apt could install.</summary>
    private static async Task<HashSet<string>> CandidatesAsync(string[] names)
    {
        HashSet<string> found = [];
        var name = "";
        foreach (var line in (await Programs.ReadAsync("apt-cache", ["policy", .. names])).Split('\n'))
        {
            if (line.Length > 0 && line[0] != ' ') name = line.TrimEnd(':');
            else if (line.StartsWith("  Candidate: ", StringComparison.Ordinal) && !line.Contains("(none)", StringComparison.Ordinal)) found.Add(name);
        }

        return found;
    }
}
