using System.Collections.Concurrent;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Engine;

namespace Mayfly.TestKit;

/// <summary>Packages in memory. Each holds one program, named after the package's id, with an icon.</summary>
public sealed class FakePackageLibrary : IPackageLibrary
{
    /// <summary>File name of the desktop entry in every package.</summary>
    public const string Program = "program.desktop";

    private readonly ConcurrentDictionary<string, PackageManifest> _packages = new();

    /// <summary>Awaited by each import, capture, terminal, install and finish, with its name; fail or hang here.</summary>
    public Func<string, CancellationToken, Task<Fault?>> OnWork { get; set; } = (_, _) => Task.FromResult<Fault?>(null);

    /// <summary>Operating system of packages made from now on; null for unknown.</summary>
    public string? Os { get; set; }

    /// <summary>What was asked for, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public IReadOnlyList<PackageManifest> List() => [.. _packages.Values];

    public async Task<Outcome<PackageManifest>> ImportAsync(string packageId, string path, PackageRules rules, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        await WorkAsync("import", path, cancellationToken) is { } fault ? fault : Add(packageId);

    public async Task<Outcome<Done>> BeginCaptureAsync(string machineId, string? basePackage, int sizeMib, CancellationToken cancellationToken) =>
        await WorkAsync("begin", machineId, cancellationToken) is { } fault ? fault : Done.Yes;

    public async Task<Outcome<Done>> OpenTerminalAsync(string machineId, CancellationToken cancellationToken) =>
        await WorkAsync("terminal", machineId, cancellationToken) is { } fault ? fault : Done.Yes;

    public async Task<Outcome<Done>> InstallAsync(string machineId, CaptureSource source, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new StepProgress("installing", 50));
        return await WorkAsync("install", machineId, cancellationToken) is { } fault ? fault : Done.Yes;
    }

    public async Task<Outcome<PackageManifest>> FinishCaptureAsync(string packageId, string machineId, PackageRules rules, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        await WorkAsync("finish", machineId, cancellationToken) is { } fault ? fault : Add(packageId);

    public Outcome<Stream> Open(string packageId) => _packages.ContainsKey(packageId) ? new MemoryStream("hsqs"u8.ToArray()) : Missing(packageId);

    public Outcome<byte[]> Icon(string packageId, string programId) => _packages.ContainsKey(packageId) ? new byte[] { 0x89, 0x50, 0x4e, 0x47 } : Missing(packageId);

    public async Task<Outcome<Done>> RemoveAsync(string packageId, CancellationToken cancellationToken)
    {
        await WorkAsync("remove", packageId, cancellationToken);
        _packages.TryRemove(packageId, out _);
        return Done.Yes;
    }

    /// <summary>A package is there that nobody asked for.</summary>
    public PackageManifest Add(string packageId) =>
        _packages[packageId] = new PackageManifest(
            packageId, Os, DateTimeOffset.UnixEpoch, 4096, 8192, 3, new string('a', 64), [new PackageProgram(Program, "Writer", null, true)], []);

    private async Task<Fault?> WorkAsync(string what, string subject, CancellationToken cancellationToken)
    {
        Asked.Enqueue($"{what} {subject}");
        return await OnWork(what, cancellationToken);
    }

    private static Fault Missing(string packageId) => new(ErrorCode.NotFound, $"There is no package {packageId}.");
}
