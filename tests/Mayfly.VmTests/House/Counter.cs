using System.Globalization;

namespace Mayfly.VmTests.House;

/// <summary>A program in a guest that is nowhere but in its memory, and counts.</summary>
internal static class Counter
{
    /// <summary>Starts it, and waits for the first number.</summary>
    public const string Start =
        "(setsid sh -c 'i=0; while :; do i=$((i+1)); echo $i >/run/count.new; mv /run/count.new /run/count; sleep 0.1; done' </dev/null >/dev/null 2>&1 &); "
        + "until [ -s /run/count ]; do sleep 0.1; done";

    public static async Task<long> ReadAsync(RunningEngine engine, HostMachine machine) =>
        long.Parse(await engine.RunAsync(machine, "cat /run/count"), CultureInfo.InvariantCulture);

    /// <summary>Waits until it has counted on.</summary>
    public static async Task GoesOnAsync(RunningEngine engine, HostMachine machine)
    {
        var now = await ReadAsync(engine, machine);
        await Eventually.HoldsAsync(async () => await ReadAsync(engine, machine) > now, $"{machine.Hostname} counts", 60);
    }
}
