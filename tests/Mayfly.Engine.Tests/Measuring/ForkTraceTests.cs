using System.Diagnostics;
using Mayfly.Contracts.Agent;
using Mayfly.Engine.Measuring;

namespace Mayfly.Engine.Tests.Measuring;

public sealed class ForkTraceTests
{
    private static readonly ImageVersion Image = new("micro", "0123456789ab");

    [Fact]
    public void Steps_OneInsideAnother_HaveTheirDepthAndOrder()
    {
        using var trace = new ForkTrace(Image);
        using (ForkTrace.Step("start-shell"))
        {
            using var inner = ForkTrace.Step("spawn-qemu");
        }

        using (ForkTrace.Step("load"))
        {
        }

        trace.Steps.Select(step => (step.Name, step.Depth)).ShouldBe([("start-shell", 0), ("spawn-qemu", 1), ("load", 0)]);
    }

    [Fact]
    public async Task Steps_OfForksAtTheSameTime_StayApart()
    {
        var names = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(async () =>
        {
            using var trace = new ForkTrace(Image);
            using (ForkTrace.Step($"step-{number}"))
                await Task.Yield();
            return trace.Steps.Select(step => step.Name).Single();
        })));

        names.ShouldBe(Enumerable.Range(0, 20).Select(number => $"step-{number}"));
    }

    [Fact]
    public void AddGuestSteps_WithImpossibleTimes_AreBounded()
    {
        using var trace = new ForkTrace(Image);
        using (var step = ForkTrace.Step("clone-prep"))
            ForkTrace.AddGuestSteps(step, [new PrepStep("entropy", long.MaxValue), new PrepStep("clock", -5), new PrepStep("hostname", 40)]);

        var guest = trace.Steps.Where(step => step.Depth == 1).ToDictionary(step => step.Name, step => step.Microseconds);
        (guest["entropy"], guest["clock"], guest["hostname"]).ShouldBe((60_000_000, 0, 40));
    }

    [Fact]
    public void Step_OutsideOfAFork_IsKeptByNone()
    {
        using (ForkTrace.Step("load"))
            Activity.Current!.OperationName.ShouldBe("load");
        using var trace = new ForkTrace(Image);
        trace.Steps.ShouldBeEmpty();
    }
}
