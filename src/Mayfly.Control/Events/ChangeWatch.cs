using System.Runtime.CompilerServices;
using Mayfly.Contracts.Api;
using Mayfly.Control.Signals;

namespace Mayfly.Control.Events;

/// <summary>Tells a page that lists are worth reading again, at most four times a second.</summary>
public sealed class ChangeWatch(HouseChanges changes, EventFeed events, TimeProvider time)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(250);

    /// <summary>One message at once, then one after each change or series of changes. A change after a message was taken is never missed.</summary>
    public async IAsyncEnumerable<HouseChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1L; ; number++)
        {
            var (changed, told) = (changes.Next, events.Told.Next);
            yield return new HouseChange(number);
            await Task.WhenAny(changed, told).WaitAsync(cancellationToken);
            await Task.Delay(Least, time, cancellationToken);
        }
    }
}
