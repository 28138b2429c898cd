using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mayfly.Control.Storage;

/// <summary>Patterns of SQL's LIKE in which what was searched for means itself. Whether its Latin letters are large or small is the same on every database.</summary>
internal static class LikePattern
{
    private const string Escape = "\\";

    /// <summary>Whatever contains the text.</summary>
    public static string Containing(string text) => $"%{string.Concat(text.Select(Meaning))}%";

    /// <summary>True for a text that a pattern is of. For queries alone.</summary>
    public static bool Finds(string pattern, string? text) => throw new InvalidOperationException($"'{text}' is looked for with '{pattern}' outside a query.");

    /// <summary>Teaches a model what <see cref="Finds"/> is in SQL.</summary>
    public static void Map(ModelBuilder modelBuilder) => modelBuilder.HasDbFunction(() => Finds("", "")).HasTranslation(arguments =>
        new LikeExpression(Lower(arguments[1]), arguments[0], new SqlConstantExpression(Escape, arguments[0].TypeMapping), BoolTypeMapping.Default));

    // Here and not by the database, which would go by the language of its own.
    private static string Meaning(char one) => one switch
    {
        '\\' or '%' or '_' => $"{Escape}{one}",
        >= 'A' and <= 'Z' => char.ToLowerInvariant(one).ToString(),
        _ => one.ToString(),
    };

    private static SqlFunctionExpression Lower(SqlExpression text) =>
        new("lower", [text], nullable: true, argumentsPropagateNullability: [true], typeof(string), text.TypeMapping);
}
