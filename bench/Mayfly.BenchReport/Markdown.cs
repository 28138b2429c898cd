namespace Mayfly.BenchReport;

/// <summary>Markdown as this page needs it.</summary>
internal static class Markdown
{
    /// <summary>What stands for a figure that there is none of.</summary>
    public const string None = "-";

    /// <summary>A table.</summary>
    public static string Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows) =>
        string.Join('\n', rows.Prepend([.. head.Select(_ => "---")]).Prepend(head).Select(row => $"| {string.Join(" | ", row)} |"));

    /// <summary>Milliseconds to read: of three digits, as seconds from a thousand on.</summary>
    public static string Time(double milliseconds) => milliseconds switch
    {
        double.NaN => None,
        < 100 => $"{milliseconds:0.0} ms",
        < 1000 => $"{milliseconds:0} ms",
        < 100_000 => $"{milliseconds / 1000:0.00} s",
        _ => $"{milliseconds / 1000:0} s",
    };

    /// <summary>Bytes to read.</summary>
    public static string Size(double bytes) => bytes switch
    {
        < 10e6 => $"{bytes / 1e6:0.0} MB",
        < 10e9 => $"{bytes / 1e6:0} MB",
        _ => $"{bytes / 1e9:0.0} GB",
    };

    /// <summary>How many times as much.</summary>
    public static string Times(double ratio) => ratio switch
    {
        double.NaN => None,
        < 10 => $"{ratio:0.0}",
        _ => $"{ratio:0}",
    };
}
