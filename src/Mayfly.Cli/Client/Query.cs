namespace Mayfly.Cli.Client;

/// <summary>Puts a path and what is asked of it together.</summary>
internal static class Query
{
    /// <summary>The path with every parameter that has a value.</summary>
    public static string Of(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new List<string>();
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
                query.Add($"{name}={Uri.EscapeDataString(value)}");
        }

        if (query.Count == 0)
            return path;
        return path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + string.Join('&', query);
    }
}
