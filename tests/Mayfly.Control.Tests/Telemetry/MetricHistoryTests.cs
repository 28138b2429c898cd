using Mayfly.Contracts.Api;
using Mayfly.Control.Telemetry;

namespace Mayfly.Control.Tests.Telemetry;

public sealed class MetricHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void EndMinute_MachinesMade_HasWhatHalfAndMostOfThemTookToRunningAndToReady()
    {
        var history = new MetricHistory();
        for (var i = 20; i > 0; i--) history.Made(running: i / 1000d, ready: i / 10d);
        history.EndMinute(Noon, new HouseSample());
        ValuesOf(MetricName.RunningMedian).ShouldBe([0.010]);
        ValuesOf(MetricName.Running95).ShouldBe([0.019]);
        ValuesOf(MetricName.ForkMedian).ShouldBe([1.0]);
        ValuesOf(MetricName.Fork95).ShouldBe([1.9]);
        ValuesOf(MetricName.Forks).ShouldBe([20]);
        history.Read(MetricName.RunningMedian, DateTimeOffset.MinValue).Unit.ShouldBe("s");

        IEnumerable<double> ValuesOf(MetricName name) => history.Read(name, DateTimeOffset.MinValue).Points.Select(point => point.Value);
    }

    [Fact]
    public void EndMinute_NothingMade_HasNoPointOfHowLongItTook()
    {
        var history = new MetricHistory();
        history.Made(0.01, 0.2);
        history.EndMinute(Noon, new HouseSample());
        history.EndMinute(Noon.AddMinutes(1), new HouseSample());
        history.Read(MetricName.RunningMedian, DateTimeOffset.MinValue).Points.Count.ShouldBe(1);
        history.Read(MetricName.Forks, DateTimeOffset.MinValue).Points.Select(point => point.Value).ShouldBe([1, 0]);
    }
}
