using System.Net;

namespace Mayfly.Control.Environments;

/// <summary>What conditions are held against.</summary>
/// <param name="Groups">Groups of the user.</param>
/// <param name="Pool">Pool of the desktop.</param>
/// <param name="Image">Its golden image.</param>
/// <param name="Client">Address of the user's own device, or null where it is not known.</param>
/// <param name="Now">The time where mayflyd runs.</param>
/// <param name="Files">Of the files that are asked for, those that are there.</param>
/// <param name="Variables">Of the variables that are asked for, those that are so.</param>
/// <param name="Named">Conditions of environments, by name; none where nothing refers to one.</param>
internal sealed record LogonFacts(
    IReadOnlySet<string> Groups, string Pool, string Image, IPAddress? Client, DateTimeOffset Now, IReadOnlySet<string> Files, IReadOnlySet<string> Variables, IReadOnlyDictionary<string, Condition?> Named)
{
    private const int Deepest = 16;

    /// <summary>True when a condition is met; null is no condition.</summary>
    public bool Meet(Condition? condition) => Meet(condition, Deepest);

    // Two environments that refer to each other are met by nobody.
    private bool Meet(Condition? condition, int depth) => condition is null || (depth > 0
        && (condition.All ?? []).All(inner => Meet(inner, depth - 1))
        && (condition.Any is null || condition.Any.Any(inner => Meet(inner, depth - 1)))
        && (condition.Not is null || !Meet(condition.Not, depth - 1))
        && (condition.Group is null || Groups.Contains(condition.Group))
        && (condition.Pool is null || condition.Pool == Pool)
        && (condition.Image is null || condition.Image == Image)
        && (condition.Client is null || IsFrom(condition.Client))
        && (condition.Hours is null || IsWithin(condition.Hours))
        && (condition.Days is null || condition.Days.Contains($"{Now.DayOfWeek}"))
        && (condition.File is null || Files.Contains(condition.File))
        && (condition.Variable is null || Variables.Contains(condition.Variable))
        && (condition.Environment is null || (Named.TryGetValue(condition.Environment, out var other) && Meet(other, depth - 1))));

    private bool IsFrom(string network) => Client is not null && ConditionRules.Network(network)?.Contains(Client.IsIPv4MappedToIPv6 ? Client.MapToIPv4() : Client) == true;

    private bool IsWithin(string hours) => ConditionRules.Hours(hours) is { } between && TimeOnly.FromTimeSpan(Now.TimeOfDay).IsBetween(between.From, between.Until);
}
