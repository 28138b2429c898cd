using System.Diagnostics;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;

namespace Mayfly.Engine.Measuring;

/// <summary>
/// Where the time of a fork goes: spans of <see cref="EngineRegistration.SpanSource"/>, for whoever collects them, of which the steps of this fork are kept.
/// They are the same whether anybody else listens or not.
/// </summary>
internal sealed class ForkTrace : IDisposable
{
    private const string Kept = "mayfly.steps";

    // A guest can say anything.
    private const long MostMicroseconds = 60_000_000;
    private static readonly ActivitySource Source = new(EngineRegistration.SpanSource);
    private readonly List<ForkStep> _steps = [];
    private readonly Activity _whole;

    static ForkTrace() => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = source => source == Source,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        ActivityStopped = Keep,
    });

    /// <summary>Begins the trace of a fork; it ends when this is disposed.</summary>
    /// <param name="image">What is forked.</param>
    public ForkTrace(ImageVersion image)
    {
        _whole = Source.StartActivity("fork")!;
        _whole.SetTag("mayfly.image", image.ToString());
        _whole.SetCustomProperty(Kept, _steps);
    }

    /// <summary>What has been done so far, in the order of its beginning.</summary>
    public IReadOnlyList<ForkStep> Steps
    {
        get
        {
            lock (_steps)
                return [.. _steps.OrderBy(step => step.StartMicroseconds).ThenBy(step => step.Depth)];
        }
    }

    /// <summary>Begins a step of the fork under way, or of the step it is called in; it ends when what is returned is disposed. Outside of a fork it is a span of its own.</summary>
    public static Activity? Step(string name) => Source.StartActivity(name);

    /// <summary>Adds what a guest says about its own part of a step under way. A guest's clock is its own: its steps are placed from the beginning of that step on.</summary>
    public static void AddGuestSteps(Activity? step, IReadOnlyList<PrepStep> guest)
    {
        if (step is null)
            return;
        var start = step.StartTimeUtc;
        foreach (var (name, microseconds) in guest)
        {
            using var span = Source.StartActivity(ActivityKind.Internal, startTime: start, name: name);
            start += TimeSpan.FromMicroseconds(Math.Clamp(microseconds, 0, MostMicroseconds));
            span?.SetTag("mayfly.guest", true).SetEndTime(start);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _whole.Dispose();

    private static void Keep(Activity span)
    {
        var depth = 0;
        for (var above = span.Parent; above is not null; above = above.Parent, depth++)
        {
            if (above.GetCustomProperty(Kept) is not List<ForkStep> steps)
                continue;
            lock (steps)
                steps.Add(new ForkStep(span.OperationName, depth, Microseconds(span.StartTimeUtc - above.StartTimeUtc), Microseconds(span.Duration)));
            return;
        }
    }

    private static long Microseconds(TimeSpan time) => (long)Math.Max(0, time.TotalMicroseconds);
}
