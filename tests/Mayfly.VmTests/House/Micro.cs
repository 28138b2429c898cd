using System.Runtime.CompilerServices;

namespace Mayfly.VmTests.House;

/// <summary>The one engine all tests share, with the image "micro" built and published. Both are kept for the next run.</summary>
public sealed class Micro : IAsyncLifetime
{
    private RunningEngine? _engine;

    /// <summary>The published version.</summary>
    public ImageVersion Image { get; private set; }

    internal RunningEngine Engine => _engine ?? throw new InvalidOperationException("The engine has not been started.");

    public async ValueTask InitializeAsync()
    {
        _engine = await RunningEngine.StartAsync(Options(Environment.GetEnvironmentVariable("MAYFLY_TEST_DATA") ?? Path.Combine(Checkout(), "artifacts", "test-data")));
        Image = Successful(await _engine.Images.BuildAsync("micro", new Progress<StepProgress>(), CancellationToken.None));
        Successful(await _engine.Images.PublishAsync("micro", Image.Version, new Progress<StepProgress>(), CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
    }

    /// <summary>Settings of an engine in a data directory, as in production but for what the environment says.</summary>
    internal static EngineOptions Options(string root) => new()
    {
        DataDirectory = root,
        RecipeDirectory = Environment.GetEnvironmentVariable("MAYFLY_IMAGES") ?? Path.Combine(Checkout(), "images"),
        AgentPath = Environment.GetEnvironmentVariable("MAYFLY_AGENT")
            ?? Path.Combine(Checkout(), "artifacts", "publish", "Mayfly.Agent", "release_linux-x64", "mayfly-agent"),
    };

    private static T Successful<T>(Outcome<T> outcome) => outcome.Fault is { } fault ? throw new InvalidOperationException(fault.ToString()) : outcome.Value;

    private static string Checkout([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));
}
