using Mayfly.Contracts;
using Mayfly.Engine.Forking;

namespace Mayfly.Engine;

// Step 2 of the main path (Publish), from a running machine.
internal sealed partial class MachineHost
{
    /// <summary>
    /// Does something to a running machine that makes its guest stand still for a moment, in its turn and unwatched: it is no trouble, and
    /// no question to the agent is under way in it. Its destruction interrupts the work.
    /// </summary>
    internal Task<Outcome<T>> UnwatchedAsync<T>(
        string machineId, string operation, Func<Machine, CancellationToken, Task<Outcome<T>>> work, CancellationToken cancellationToken) =>
        InTurnAsync<T>(machineId, operation, async (machine, token) =>
        {
            var entry = _entries[machineId];
            await entry.EndWatchAsync();
            try
            {
                return await work(machine, token);
            }
            finally
            {
                entry.Watch = watches.Start(machine, news => _news.Writer.TryWrite(news));
            }
        }, cancellationToken);
}
