namespace Mayfly.VersusBench;

/// <summary>What to measure, and how often.</summary>
/// <param name="Image">Recipe of the guest.</param>
/// <param name="Rounds">Clones of each way, one of each in turn.</param>
/// <param name="Boots">In how many of these rounds the ways that boot take part.</param>
/// <param name="Crowds">How many clones at once, ascending.</param>
/// <param name="Patience">A crowd that would take longer than this is not tried.</param>
internal sealed record VersusOptions(string Image, int Rounds, int Boots, IReadOnlyList<int> Crowds, TimeSpan Patience);
