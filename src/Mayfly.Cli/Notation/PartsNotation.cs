namespace Mayfly.Cli.Notation;

/// <summary>Lists whose parts are set apart by semicolons.</summary>
internal static class PartsNotation
{
    /// <summary>Reads the parts in the order they are written; null and the first that can not be read otherwise.</summary>
    public static IReadOnlyList<T>? Read<T>(string text, Func<string, T?> readPart, out string? wrong)
        where T : class
    {
        wrong = null;
        var read = new List<T>();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (readPart(part) is not { } value)
            {
                wrong = part;
                return null;
            }

            read.Add(value);
        }

        return read;
    }
}
