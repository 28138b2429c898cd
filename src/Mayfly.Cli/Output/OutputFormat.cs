namespace Mayfly.Cli.Output;

/// <summary>What a verb prints on standard output.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>The API's own records, for programs.</summary>
    Json,
}
