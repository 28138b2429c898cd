using Mayfly.Contracts;

namespace Mayfly.VersusBench;

/// <summary>Outcomes in a benchmark, where no fault is expected.</summary>
internal static class Outcomes
{
    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">It is a fault.</exception>
    public static T OrThrow<T>(this Outcome<T> outcome) => outcome.Fault is { } fault ? throw new InvalidOperationException(fault.ToString()) : outcome.Value;
}
