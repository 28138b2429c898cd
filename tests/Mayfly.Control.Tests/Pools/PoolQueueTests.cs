using Mayfly.Control.Pools;

namespace Mayfly.Control.Tests.Pools;

public sealed class PoolQueueTests : IDisposable
{
    private readonly FiredTime _time = new();
    private readonly PoolQueue _queue;

    public PoolQueueTests() => _queue = new PoolQueue(_time);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task Wake_ManyTimes_IsOneLookInOrder()
    {
        for (var i = 0; i < 5; i++) _queue.Wake("p");
        _queue.Wake("q");
        _queue.Wake("p");
        (await _queue.TakeAsync(default)).ShouldBe("p");
        (await _queue.TakeAsync(default)).ShouldBe("q");
        _queue.TakeAsync(default).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Wake_DuringTheLook_BringsItAgain()
    {
        _queue.Wake("p");
        await _queue.TakeAsync(default);
        _queue.Wake("p");
        (await _queue.TakeAsync(default)).ShouldBe("p");
    }

    [Fact]
    public async Task WakeAt_SeveralTimes_TheSoonestCounts()
    {
        _queue.WakeAt("p", _time.GetUtcNow().AddMinutes(5));
        _queue.WakeAt("p", _time.GetUtcNow().AddMinutes(1));
        _queue.WakeAt("p", _time.GetUtcNow().AddMinutes(9));
        _time.Pending.ShouldBe([TimeSpan.FromMinutes(1)]);
        _time.FireAll();
        (await _queue.TakeAsync(default)).ShouldBe("p");
        _queue.WakeAt("p", _time.GetUtcNow().AddMinutes(9));
        _time.Pending.ShouldBe([TimeSpan.FromMinutes(9)]);
    }

    [Fact]
    public void WakeAt_PastOrFar_IsBounded()
    {
        _queue.WakeAt("past", _time.GetUtcNow().AddHours(-1));
        _queue.WakeAt("far", _time.GetUtcNow().AddDays(100));
        _time.Pending.ShouldBe([TimeSpan.Zero, TimeSpan.FromDays(1)], ignoreOrder: true);
    }

    [Fact]
    public void Failed_AgainAndAgain_WaitsTwiceAsLongEachTimeUpToALimit()
    {
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            _queue.Failed("p");
            waits.Add(_time.Pending.Single().TotalSeconds);
            _time.FireAll();
        }

        waits.ShouldBe([1, 2, 4, 8, 16, 32, 32, 32]);
        _queue.Succeeded("p");
        _queue.Failed("p");
        _time.Pending.ShouldBe([TimeSpan.FromSeconds(1)]);
    }

    [Fact]
    public async Task SlotFreed_StarvedPools_AreWokenInTheirOrderEachOnce()
    {
        foreach (var pool in (string[])["p", "q", "p"]) _queue.WakeOnFreeSlot(pool);
        _queue.SlotFreed();
        (await _queue.TakeAsync(default)).ShouldBe("q");
        _queue.WakeOnFreeSlot("q");
        _queue.SlotFreed();
        (await _queue.TakeAsync(default)).ShouldBe("p");
    }

    [Fact]
    public async Task TakeAsync_AfterALookThatLeftSlots_BringsTheNextStarvedPool()
    {
        foreach (var pool in (string[])["p", "q"]) _queue.WakeOnFreeSlot(pool);
        _queue.SlotFreed();
        (await _queue.TakeAsync(default)).ShouldBe("p");
        (await _queue.TakeAsync(default)).ShouldBe("q");
        _queue.TakeAsync(default).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task WakeOnFreeSlot_First_ComesBeforeThoseThatOnlyFillUp()
    {
        _queue.WakeOnFreeSlot("spare");
        _queue.WakeOnFreeSlot("waited", first: true);
        _queue.SlotFreed();
        (await _queue.TakeAsync(default)).ShouldBe("waited");
    }

    /// <summary>A clock that stands still and whose timers a test fires.</summary>
    private sealed class FiredTime : TimeProvider
    {
        private readonly List<Timer> _timers = [];

        public IEnumerable<TimeSpan> Pending => _timers.Select(timer => timer.Due);

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;

        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Timer(this, callback, dueTime);
            _timers.Add(timer);
            return timer;
        }

        public void FireAll()
        {
            foreach (var timer in _timers.ToList()) timer.Callback(null);
        }

        private sealed record Timer(FiredTime Owner, TimerCallback Callback, TimeSpan Due) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => false;

            public void Dispose() => Owner._timers.Remove(this);

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
