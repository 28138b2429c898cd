namespace Mayfly.ForkBench;

/// <summary>One measure over several runs.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">"us", "ms", "s", "MB", or what is counted.</param>
/// <param name="Median">Middle of all values.</param>
/// <param name="P95">95th percentile.</param>
/// <param name="P99">99th percentile; of fewer than a hundred values it says little.</param>
/// <param name="Count">Number of values.</param>
internal sealed record Measure(string Name, string Unit, double Median, double P95, double P99, int Count)
{
    public static Measure Of(string name, string unit, IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new Measure(name, unit, At(sorted, 0.5), At(sorted, 0.95), At(sorted, 0.99), sorted.Length);
    }

    private static double At(double[] sorted, double share)
    {
        if (sorted.Length == 0)
            return double.NaN;
        var place = (sorted.Length - 1) * share;
        var below = (int)place;
        var rest = place - below;
        return below + 1 < sorted.Length ? sorted[below] + (rest * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
