using Mayfly.Engine;

namespace Mayfly.Images.Tests;

/// <summary>Keeps the steps reported, at once and on the reporting thread.</summary>
internal sealed class StepRecorder : IProgress<StepProgress>
{
    private readonly Lock _gate = new();
    private readonly List<StepProgress> _steps = [];

    public IReadOnlyList<StepProgress> Steps
    {
        get
        {
            lock (_gate)
                return [.. _steps];
        }
    }

    public void Report(StepProgress value)
    {
        lock (_gate)
            _steps.Add(value);
    }
}
