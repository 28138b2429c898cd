using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;

namespace Mayfly.Control.Storage.Postgres;

/// <summary>
/// Makes every column of text as SQLite has it: compared and sorted byte by byte, whatever the database's own collation is, and of any
/// length. How long a text may be is looked at where it comes in.
/// </summary>
#pragma warning disable EF1001 // The constructor of the generator it extends takes these options.
internal sealed class OrdinalTextGenerator(MigrationsSqlGeneratorDependencies dependencies, INpgsqlSingletonOptions options) : NpgsqlMigrationsSqlGenerator(dependencies, options)
#pragma warning restore EF1001
{
    /// <inheritdoc/>
    protected override void ColumnDefinition(string? schema, string table, string name, ColumnOperation operation, IModel? model, MigrationCommandListBuilder builder)
    {
        if (operation.ClrType == typeof(string)) (operation.ColumnType, operation.Collation) = ("text", "C");
        base.ColumnDefinition(schema, table, name, operation, model, builder);
    }
}
