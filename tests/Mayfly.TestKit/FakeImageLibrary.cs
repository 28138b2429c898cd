using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Engine;

namespace Mayfly.TestKit;

/// <summary>One published image "micro", and one built but not published, "cold".</summary>
public sealed class FakeImageLibrary : IImageLibrary
{
    /// <summary>Awaited by each build and publish; report progress, fail or hang here.</summary>
    public Func<IProgress<StepProgress>, CancellationToken, Task<Fault?>> OnWork { get; set; } = (_, _) => Task.FromResult<Fault?>(null);

    public Task<IReadOnlyList<ImageView>> ListAsync(CancellationToken cancellationToken)
    {
        var warm = new WarmImageView(DateTimeOffset.UnixEpoch, 64 << 20, 1, 1 << 20, 20 << 20, "tcg", 2, 0.1);
        return Task.FromResult<IReadOnlyList<ImageView>>([
            new ImageView("cold", [new ImageVersionView("c1", "recipe", DateTimeOffset.UnixEpoch, 1, null)]),
            new ImageView("micro", [new ImageVersionView("v1", "recipe", DateTimeOffset.UnixEpoch, 1, warm)]),
        ]);
    }

    public Task<Outcome<ImageVersion>> BuildAsync(string recipe, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        WorkAsync(recipe, progress, cancellationToken);

    public Task<Outcome<ImageVersion>> ImportAsync(ImportImageRequest request, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        WorkAsync(request.Name, progress, cancellationToken);

    public Task<Outcome<ImageVersion>> PublishAsync(string name, string? version, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        WorkAsync(name, progress, cancellationToken);

    public Task<Outcome<Done>> UnpublishAsync(ImageVersion image, CancellationToken cancellationToken) => Task.FromResult<Outcome<Done>>(Done.Yes);

    private async Task<Outcome<ImageVersion>> WorkAsync(string name, IProgress<StepProgress> progress, CancellationToken cancellationToken) =>
        await OnWork(progress, cancellationToken) is { } fault ? fault : new ImageVersion(name, "v1");
}
