using Spectre.Console;

namespace Mayfly.Cli.Output;

/// <summary>Builds the tables people read.</summary>
internal static class TextTable
{
    /// <summary>A table with a header; a null cell is shown as a dash.</summary>
    public static Table Of(IEnumerable<string> headers, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var header in headers)
            table.AddColumn(new TableColumn(new Text(header, new Style(decoration: Decoration.Bold))).NoWrap());
        foreach (var row in rows)
            table.AddRow(row.Select(cell => Cell(cell)));
        return table;
    }

    /// <summary>Two columns: what, and its value.</summary>
    public static Grid Facts(params IReadOnlyList<(string Name, string? Value)> facts)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var (name, value) in facts)
            grid.AddRow(new Text(name), Cell(value));
        return grid;
    }

    private static Text Cell(string? value) => new(string.IsNullOrEmpty(value) ? "-" : Words.Printable(value));
}
