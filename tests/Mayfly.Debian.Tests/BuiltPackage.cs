using Mayfly.Debian.Tests;

[assembly: AssemblyFixture(typeof(BuiltPackage))]

namespace Mayfly.Debian.Tests;

/// <summary>The package of what this checkout has built, and the tree it unpacks to. Made once for all tests.</summary>
public sealed class BuiltPackage : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mf-deb");

    /// <summary>The package.</summary>
    public string File { get; private set; } = "";

    /// <summary>Where it is unpacked; nothing is installed.</summary>
    public string Tree => Path.Combine(_directory.FullName, "tree");

    public async ValueTask InitializeAsync()
    {
        File = await MakeAsync("first");
        await Programs.ReadAsync("dpkg-deb", "-x", File, Tree);
    }

    /// <summary>Makes it, packed quickly rather than small.</summary>
    public async Task<string> MakeAsync(string name)
    {
        var output = _directory.CreateSubdirectory(name).FullName;
        await Programs.ReadAsync("env", "MAYFLY_PACKAGE_LEVEL=1", Path.Combine(Checkout.Root, "eng/package.sh"), "--as-built", output);
        return Directory.GetFiles(output, "*.deb").ShouldHaveSingleItem();
    }

    /// <summary>One field of its description.</summary>
    public async Task<string> FieldAsync(string name) => (await Programs.ReadAsync("dpkg-deb", "-f", File, name)).TrimEnd('\n');

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
