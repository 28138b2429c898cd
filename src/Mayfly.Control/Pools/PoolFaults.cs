using System.Globalization;
using Mayfly.Contracts;

namespace Mayfly.Control.Pools;

/// <summary>What a pool is refused with, in one wording.</summary>
internal static class PoolFaults
{
    public static Fault NoPool(string name) => new(ErrorCode.NotFound, $"There is no pool '{name}'.");

    public static Fault Stopped(PoolRow pool) => new(
        ErrorCode.PoolStopped, $"The pool '{pool.Name}' makes no machines.",
        pool.StopFault is { } fault ? $"Too many machines failed. {fault.What}" : "An administrator has disabled provisioning.",
        $"Enable it: mayfly pool enable {pool.Name}");

    /// <summary>Why desktops can not be opened now because of the hour, or null.</summary>
    public static Fault? Closed(PoolRow pool, DateTimeOffset now)
    {
        if (pool.Settings.Hours is not { } hours) return null;
        var (open, until) = OpeningTimes.At(hours, now);
        if (open) return null;
        var next = until is { } begins
            ? string.Create(CultureInfo.InvariantCulture, $"It opens next on {TimeZoneInfo.ConvertTime(begins, TimeZoneInfo.FindSystemTimeZoneById(hours.TimeZone)):dddd, d MMMM yyyy 'at' HH:mm} ({hours.TimeZone}).")
            : null;
        return new Fault(ErrorCode.OutsideHours, $"'{pool.DisplayName}' can not be opened at this hour.", next, "Open it then.");
    }

    public static Fault Exhausted(string pool, string why) =>
        new(ErrorCode.PoolExhausted, $"The pool '{pool}' has no desktop to lend now.", why, "Try again soon, or ask an administrator to raise the pool's maximum.");
}
