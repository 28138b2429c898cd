using Mayfly.Contracts;
using Npgsql;

namespace Mayfly.Control.Storage.Postgres;

/// <summary>What the failures of PostgreSQL mean, by their SQLSTATE.</summary>
internal static class PostgresFaults
{
    private const string IdleInTransactionTimeout = "25P03";
    private const string TryAgain = "Nothing is lost; it goes on by itself once the server answers.";

    /// <summary>The fault that an exception means, or null for a bug.</summary>
    public static Fault? Of(NpgsqlException exception) => exception switch
    {
        PostgresException told => OfAnswer(told),
        NpgsqlOperationInProgressException => null,
        { IsTransient: true } => Unavailable("The database server does not answer.", Reason(exception), "See whether PostgreSQL runs, and whether --database is right."),
        _ => Unavailable("There is no talking to the database server.", Reason(exception), "Correct --database. A password may also be in PGPASSWORD, or in the file that PGPASSFILE names."),
    };

    private static Fault? OfAnswer(PostgresException told) => told.SqlState switch
    {
        PostgresErrorCodes.DiskFull => new Fault(
            ErrorCode.HostDiskLow, "The database can not be written.", told.MessageText, "Make room on the disk of the database server. Nothing is lost; try again then."),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            Unavailable("The database server refuses mayflyd.", told.MessageText, "Correct account and password of --database, or pg_hba.conf of the server."),
        PostgresErrorCodes.InvalidCatalogName =>
            Unavailable("The database is not there.", told.MessageText, "Create it with \"createdb --owner=ACCOUNT NAME\", or correct --database."),
        PostgresErrorCodes.InsufficientPrivilege =>
            Unavailable("mayflyd may not do in the database what it must.", told.MessageText, "Make its account the owner of the database."),
        PostgresErrorCodes.ReadOnlySqlTransaction =>
            Unavailable("The database server takes no writes.", told.MessageText, "It is a standby: name the primary in --database."),
        _ when MayPass(told.SqlState) => Unavailable("The database server can not do it now.", told.MessageText, TryAgain),
        _ => null,
    };

    /// <summary>True for what a server says that starts, stops, lacks something, or has ended the connection.</summary>
    private static bool MayPass(string state) =>
        state is IdleInTransactionTimeout || state[..2] is "08" or "40" or "53" or "57" or "58";

    private static string Reason(NpgsqlException exception) =>
        exception.InnerException is { } inner && !exception.Message.Contains(inner.Message, StringComparison.Ordinal) ? $"{exception.Message}: {inner.Message}" : exception.Message;

    private static Fault Unavailable(string what, string why, string remedy) => new(ErrorCode.DatabaseUnavailable, what, $"{why.TrimEnd('.')}.", remedy);
}
