namespace Mayfly.VmTests.House;

/// <summary>Does something when a step begins; at once, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class At(string step, Action action) : IProgress<StepProgress>
{
    public void Report(StepProgress value)
    {
        if (value.Step == step)
            action();
    }
}
