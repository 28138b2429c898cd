using System.Globalization;

namespace Mayfly.Cli.Client;

/// <summary>Which events are asked for; null leaves a thing open.</summary>
internal sealed record EventFilter
{
    /// <summary>Events with a higher number, oldest first.</summary>
    public long? After { get; init; }

    /// <summary>Events with a lower number.</summary>
    public long? Before { get; init; }

    public string? Level { get; init; }

    public string? Kind { get; init; }

    public string? User { get; init; }

    public string? Pool { get; init; }

    public string? Machine { get; init; }

    public string? Search { get; init; }

    public required int Limit { get; init; }

    public string Path => Query.Of(
        "events", ("limit", Text(Limit)), ("after", Text(After)), ("before", Text(Before)), ("level", Level), ("kind", Kind), ("user", User),
        ("pool", Pool), ("machine", Machine), ("search", Search));

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
