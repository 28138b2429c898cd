using Mayfly.Control.Access;
using Mayfly.Control.Events;
using Mayfly.Control.Storage;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Storage.Postgres;

/// <summary>What is waited for after the database was away.</summary>
internal static class Outage
{
    public static Task HealedAsync(House house) => Eventually.HoldsAsync(async () =>
    {
        try
        {
            await house.Get<EventLog>().RecordAsync(new HouseEvent("test.healed", "It works."), default);
            return await house.Get<EventLog>().ListAsync(PoolScope.House, 0, 10, default) is { Count: > 0 };
        }
        catch (Exception exception) when (StorageFaults.Of(exception) is not null)
        {
            return false;
        }
    }, "the database is written and read again");
}
