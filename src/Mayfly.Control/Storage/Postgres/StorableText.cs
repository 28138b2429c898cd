using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Mayfly.Control.Storage.Postgres;

/// <summary>PostgreSQL keeps no NUL in a text and fails at one. What people and guests say may hold it: it is asked for and stored as an unknown character.</summary>
internal sealed class StorableText : DbCommandInterceptor
{
    private const char Nul = '\0';
    private const char Unknown = '\uFFFD';

    /// <inheritdoc/>
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Clean(command);
        return ValueTask.FromResult(result);
    }

    /// <inheritdoc/>
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Clean(command);
        return ValueTask.FromResult(result);
    }

    private static void Clean(DbCommand command)
    {
        foreach (DbParameter parameter in command.Parameters)
        {
            if (parameter.Value is string text && text.Contains(Nul, StringComparison.Ordinal)) parameter.Value = text.Replace(Nul, Unknown);
        }
    }
}
