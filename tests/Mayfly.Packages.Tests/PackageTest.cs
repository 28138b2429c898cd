using Mayfly.Contracts;

namespace Mayfly.Packages.Tests;

/// <summary>A test with a library in a directory of its own.</summary>
public abstract class PackageTest : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    protected PackageTest() => House = new PackageHouse(Path.Combine(_directory.Root, "data"));

    internal PackageHouse House { get; }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    protected string PathOf(string name) => Path.Combine(_directory.Root, name);

    internal Archive NewArchive(string name = "archive.tar") => new(PathOf(name));

    internal async Task ShouldRefuseAsync(string path, string why, ErrorCode code = ErrorCode.PackageInvalid, PackageRules? rules = null)
    {
        var fault = (await House.ImportAsync(path, rules)).Fault.ShouldNotBeNull();

        fault.Code.ShouldBe(code, fault.ToString());
        fault.ToString().ShouldContain(why);
        House.Left.ShouldBeEmpty();
        House.Library.List().ShouldBeEmpty();
    }
}
