using System.Collections.Concurrent;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Engine;

namespace Mayfly.TestKit;

/// <summary>An image "micro" with version "v1" published and, once added, more versions; and one built but not published, "cold".</summary>
public sealed class FakeImageLibrary : IImageLibrary
{
    private static readonly WarmImageView Warm = new(DateTimeOffset.UnixEpoch, 64 << 20, 1, 1 << 20, 20 << 20, "tcg", 2, 0.1);

    private readonly ConcurrentDictionary<ImageVersion, bool> _versions = new(new Dictionary<ImageVersion, bool>
    {
        [new ImageVersion("cold", "c1")] = false,
        [new ImageVersion("micro", "v1")] = true,
    });

    /// <summary>Awaited by each build and publish; report progress, fail or hang here.</summary>
    public Func<IProgress<StepProgress>, CancellationToken, Task<Fault?>> OnWork { get; set; } = (_, _) => Task.FromResult<Fault?>(null);

    /// <summary>Machines that were published, or were to be.</summary>
    public ConcurrentQueue<string> Copied { get; } = new();

    public ConcurrentQueue<ImageVersion> Unpublished { get; } = new();

    /// <summary>Adds a version of "micro", newer than those before.</summary>
    public void Add(string version, bool published) => _versions[new ImageVersion("micro", version)] = published;

    public bool IsPublished(string version) => _versions.TryGetValue(new ImageVersion("micro", version), out var published) && published;

    public Task<IReadOnlyList<ImageView>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ImageView>>([
        .. _versions.GroupBy(version => version.Key.Name).OrderBy(image => image.Key).Select(image => new ImageView(image.Key, [
            .. image.OrderByDescending(version => version.Key.Version).Select(version =>
                new ImageVersionView(version.Key.Version, "recipe", DateTimeOffset.UnixEpoch, 1, version.Value ? Warm : null)),
        ])),
    ]);

    public Task<Outcome<ImageVersion>> BuildAsync(string recipe, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        WorkAsync(recipe, "v1", progress, cancellationToken);

    public Task<Outcome<ImageVersion>> ImportAsync(ImportImageRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        WorkAsync(request.Name, "v1", progress, cancellationToken);

    public async Task<Outcome<ImageVersion>> PublishAsync(string name, string? version, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var made = await WorkAsync(name, version ?? "v1", progress, cancellationToken);
        if (made.Fault is null) _versions[made.Value] = true;
        return made;
    }

    public async Task<Outcome<ImageVersion>> PublishMachineAsync(string machineId, string name, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        Copied.Enqueue(machineId);
        var made = await WorkAsync(name, $"copy-{Copied.Count}", progress, cancellationToken);
        if (made.Fault is null) _versions[made.Value] = true;
        return made;
    }

    public Task<Outcome<Done>> UnpublishAsync(ImageVersion image, CancellationToken cancellationToken)
    {
        Unpublished.Enqueue(image);
        _versions[image] = false;
        return Task.FromResult<Outcome<Done>>(Done.Yes);
    }

    private async Task<Outcome<ImageVersion>> WorkAsync(string name, string version, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        await OnWork(progress, cancellationToken) is { } fault ? fault : new ImageVersion(name, version);
}
