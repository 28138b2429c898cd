using System.Data;
using Mayfly.Contracts;
using Mayfly.Control.Leadership;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;
using Polly;
using Polly.Retry;

namespace Mayfly.Control.Storage.Postgres;

/// <summary>The house in a database of a PostgreSQL server. Whoever writes holds one lock of the server: any number of mayflyds write one after the other.</summary>
internal sealed partial class PostgresStore : HouseStore, IDisposable
{
    /// <summary>Where it is told that something was written; the text says by whom.</summary>
    public const string Channel = "mayfly_house";

    /// <summary>The lock that whoever writes holds: "mayfly" in ASCII. Locks are each database's own.</summary>
    public const long WriterKey = 0x6D6179666C79;

    private static readonly Version Oldest = new(15, 0);
    private static readonly TimeSpan MigrationTime = TimeSpan.FromMinutes(30);

    private readonly string _settings;
    private readonly HouseTerm _term;
    private readonly NpgsqlDataSource _source;
    private readonly PostgresPrograms _programs;
    private readonly StorableText _text = new();
    private readonly ResiliencePipeline _reach;
    private readonly ILogger<PostgresStore> _logger;

    /// <summary>Made by the container.</summary>
    public PostgresStore(ControlOptions options, HouseTerm term, TimeProvider time, ILogger<PostgresStore> logger)
    {
        _settings = PostgresSettings.Read(options.Database!);
        _source = NpgsqlDataSource.Create(_settings);
        _programs = new PostgresPrograms(_settings);
        (_term, _logger) = (term, logger);
        var began = time.GetTimestamp();
        _reach = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is NpgsqlException { IsTransient: true } && time.GetElapsedTime(began) < options.DatabaseWait),
            MaxRetryAttempts = int.MaxValue,
            Delay = TimeSpan.FromMilliseconds(500),
            OnRetry = OnRetryAsync,
        }).Build();
    }

    /// <inheritdoc/>
    public override string Kind => "postgresql";

    /// <summary>Who tells, among those who write to this house.</summary>
    public string Instance { get; } = Guid.NewGuid().ToString("N");

    /// <inheritdoc/>
    public override TimeSpan WriterPatience => TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override void Configure(DbContextOptionsBuilder options) =>
        // Not with the source: the model and all queries would be made anew for each, and Connect gives the connection.
        options.UseNpgsql().ReplaceService<IMigrationsSqlGenerator, OrdinalTextGenerator>().AddInterceptors(_text);

    /// <inheritdoc/>
    public override async Task ReachAsync(CancellationToken cancellationToken) => await _reach.ExecuteAsync(async token =>
    {
        await using var connection = await _source.OpenConnectionAsync(token);
        if (connection.PostgreSqlVersion < Oldest)
            throw Unfit($"The database server is PostgreSQL {connection.PostgreSqlVersion}.", $"Use PostgreSQL {Oldest.Major} or newer.");
        if (connection.PostgresParameters["server_encoding"] is not "UTF8" and var encoding)
            throw Unfit($"The encoding of the database is {encoding}.", "Create it with \"createdb --encoding=UTF8 --template=template0\".");
    }, cancellationToken);

    /// <inheritdoc/>
    public override async Task MigrateAsync(MayflyDbContext context)
    {
        context.Database.SetCommandTimeout(MigrationTime);
        // One connection for all of it: another mayflyd that starts at this moment, or writes, waits.
        await context.Database.OpenConnectionAsync();
        await context.Database.ExecuteSqlRawAsync($"SELECT pg_advisory_lock({WriterKey})");
        try
        {
            await CheckTermAsync(context, CancellationToken.None);
            // Looked into before it is there, it would be an error in the log.
            await context.GetService<IHistoryRepository>().CreateIfNotExistsAsync();
            await context.Database.MigrateAsync();
        }
        finally
        {
            // The connection is used again, and others wait for the lock.
            if (!HasLost(context)) await context.Database.ExecuteSqlRawAsync($"SELECT pg_advisory_unlock({WriterKey})");
        }
    }

    /// <inheritdoc/>
    public override async Task<IDbContextTransaction> BeginWriteAsync(MayflyDbContext context, CancellationToken cancellationToken)
    {
        // Each statement sees what was committed before it: when it is this one's turn, all that others have written.
        var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        try
        {
            await context.Database.ExecuteSqlRawAsync($"SELECT pg_advisory_xact_lock({WriterKey})", cancellationToken);
            await CheckTermAsync(context, cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override Task EndWriteAsync(MayflyDbContext context, CancellationToken cancellationToken) =>
        // Sent with the commit, once, and only when something was written: two that look after one another's writes come to rest.
        context.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {Instance}) WHERE pg_current_xact_id_if_assigned() IS NOT NULL", cancellationToken);

    /// <inheritdoc/>
    public override bool HasLost(MayflyDbContext context) => context.Database.GetDbConnection().State != ConnectionState.Open;

    /// <inheritdoc/>
    public override async Task<Fault?> CopyAsync(string file, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        return await _programs.DumpAsync(file, connection.PostgreSqlVersion.Major, cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<bool> IsUnusedAsync(CancellationToken cancellationToken)
    {
        await ReachAsync(cancellationToken);
        await using var command = _source.CreateCommand(
            "SELECT NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relname <> '" + LeaseTable.Name + "')");
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <inheritdoc/>
    public override Task<Fault?> RestoreAsync(string file, CancellationToken cancellationToken) => _programs.RestoreAsync(file, cancellationToken);

    /// <summary>An open connection that hears what others write.</summary>
    public Task<NpgsqlConnection> ListenAsync(CancellationToken cancellationToken) =>
        OpenAsync(PostgresSettings.ForListening(_settings), connection => ListenAsync(connection, Channel, cancellationToken), cancellationToken);

    /// <summary>An open connection that is nobody else's, on which each attempt to say something fails after a time.</summary>
    public Task<NpgsqlConnection> OpenAloneAsync(TimeSpan attempt, CancellationToken cancellationToken) =>
        OpenAsync(PostgresSettings.ForAttempts(_settings, attempt), _ => Task.CompletedTask, cancellationToken);

    /// <summary>Hears what is told on a channel, from now on.</summary>
    public static async Task ListenAsync(NpgsqlConnection connection, string channel, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"LISTEN {channel}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    /// <inheritdoc/>
    internal override void Connect(MayflyDbContext context)
    {
        var connection = _source.CreateConnection();
        context.Database.SetDbConnection(connection);
        context.Released = connection.Dispose;
    }

    private static async Task<NpgsqlConnection> OpenAsync(string settings, Func<NpgsqlConnection, Task> begin, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(settings);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await begin(connection);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>In the transaction of a write, after its lock: until that ends the lease changes hands no more.</summary>
    private async Task CheckTermAsync(MayflyDbContext context, CancellationToken cancellationToken)
    {
        if (!_term.IsShared || await context.Database.SqlQueryRaw<long>($"SELECT epoch AS \"Value\" FROM {LeaseTable.Name}").SingleAsync(cancellationToken) == _term.Epoch) return;
        _term.End("Another server has taken over.");
        throw new StorageException(HouseTerm.Over);
    }

    private static StorageException Unfit(string why, string remedy) => new(new Fault(ErrorCode.DatabaseUnavailable, "mayflyd can not use this database.", why, remedy));

    private ValueTask OnRetryAsync(OnRetryArguments<object> attempt)
    {
        if (attempt.AttemptNumber == 0) LogWaiting(attempt.Outcome.Exception!.Message);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(110, LogLevel.Warning, "The database server does not answer yet and is waited for. {Why}")]
    private partial void LogWaiting(string why);
}
