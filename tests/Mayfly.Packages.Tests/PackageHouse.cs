using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Packages;
using Mayfly.Engine.Packages.Archives;
using Mayfly.Engine.Packages.Programs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayfly.Packages.Tests;

/// <summary>A package library in a directory, without machines.</summary>
internal sealed class PackageHouse
{
    private readonly PackageLibrary _library;

    public PackageHouse(string root)
    {
        Data = new DataDirectory(root);
        Store = new PackageStore(Data, NullLogger<PackageStore>.Instance);
        Store.Load();
        Maker = new PackageMaker(Store, new ArchiveOpener(new EngineOptions()), new ProgramScan(), TimeProvider.System);
        // Nothing is captured here, which needs a machine.
        _library = new PackageLibrary(Store, Maker, null!, Machines);
    }

    public DataDirectory Data { get; }

    public PackageStore Store { get; }

    public PackageMaker Maker { get; }

    public FakeMachineHost Machines { get; } = new();

    public IPackageLibrary Library => _library;

    /// <summary>Everything in the directory of packages.</summary>
    public string[] Left => Directory.GetFileSystemEntries(Data.Packages);

    public Task<Outcome<PackageManifest>> ImportAsync(string path, PackageRules? rules = null, string id = "app1") =>
        _library.ImportAsync(id, path, rules ?? new PackageRules(), new Progress<StepProgress>(), TestContext.Current.CancellationToken);

    /// <summary>What a capture would do with an archive of a guest.</summary>
    public Task<Outcome<PackageManifest>> CaptureAsync(string path, string? basePackage = null, string id = "app2") => Maker.MakeAsync(
        new PackageOrder(id, path, new PackageRules())
        {
            Name = "The capture",
            Length = new FileInfo(path).Length,
            Os = "debian-13",
            Base = basePackage is null ? null : PackageStore.FileIn(Store.DirectoryOf(basePackage)),
        },
        new Progress<StepProgress>(), TestContext.Current.CancellationToken);

    /// <summary>A package's file.</summary>
    public string FileOf(string id = "app1") => PackageStore.FileIn(Store.DirectoryOf(id));
}
