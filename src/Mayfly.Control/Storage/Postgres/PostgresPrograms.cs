using System.Globalization;
using System.Text.RegularExpressions;
using Mayfly.Contracts;
using Mayfly.Control.Leadership;
using Mayfly.Engine.Processes;
using Npgsql;

namespace Mayfly.Control.Storage.Postgres;

/// <summary>
/// PostgreSQL's own programs, which alone know how to copy one of its databases. They connect as mayflyd does; what they need for it is in
/// their environment, since every process of a host can read arguments.
/// </summary>
internal sealed partial class PostgresPrograms(string settings)
{
    private const string Package = "postgresql-client";
    private const string Authorities = "/etc/ssl/certs/ca-certificates.crt";

    private readonly NpgsqlConnectionStringBuilder _settings = new(settings);
    private readonly ToolRunner _tools = new();

    /// <summary>Writes a copy of the database of one moment. Null, or ToolMissing, DatabaseUnavailable.</summary>
    public async Task<Fault?> DumpAsync(string file, int server, CancellationToken cancellationToken)
    {
        if (!(await RunAsync("pg_dump", cancellationToken, "--version")).TryGet(out var said, out var missing)) return missing;
        if (int.TryParse(Major().Match(said.Output).Value, CultureInfo.InvariantCulture, out var own) && own < server)
        {
            return new Fault(
                ErrorCode.ToolMissing, "The program 'pg_dump' is too old.", $"It is of PostgreSQL {own}, and the database server is PostgreSQL {server}.",
                $"Install that of the server or a newer one: apt-get install {Package}-{server}");
        }

        if (!(await RunAsync("pg_dump", cancellationToken, "--no-password", "--format=custom", $"--exclude-table={LeaseTable.Name}", $"--file={file}")).TryGet(out var dumped, out missing)) return missing;
        return dumped.ExitCode == 0 ? null : new Fault(ErrorCode.DatabaseUnavailable, "The database could not be copied.", LastWords(dumped), "See whether pg_dump can do it by hand.");
    }

    /// <summary>Fills an empty database with a copy, in one transaction. Null, or ToolMissing, BackupUnusable.</summary>
    public async Task<Fault?> RestoreAsync(string file, CancellationToken cancellationToken)
    {
        // Whose all of it was does not matter: it becomes the account's that mayflyd has here.
        var run = await RunAsync(
            "pg_restore", cancellationToken, "--no-password", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", $"--dbname={_settings.Database}", file);
        if (!run.TryGet(out var restored, out var missing)) return missing;
        return restored.ExitCode == 0 ? null : new Fault(ErrorCode.BackupUnusable, "The database could not be restored.", LastWords(restored), "Nothing of it was kept.");
    }

    private Task<Outcome<ToolResult>> RunAsync(string program, CancellationToken cancellationToken, params string[] arguments) =>
        _tools.RunAsync(new ToolStart(program, Package, arguments) { Environment = Variables() }, cancellationToken);

    private Dictionary<string, string> Variables()
    {
        var verifies = _settings.SslMode is SslMode.VerifyCA or SslMode.VerifyFull;
        (string Name, string? Value)[] all =
        [
            ("PGHOST", _settings.Host), ("PGPORT", _settings.Port.ToString(CultureInfo.InvariantCulture)), ("PGDATABASE", _settings.Database),
            ("PGUSER", _settings.Username), ("PGPASSWORD", _settings.Password), ("PGPASSFILE", _settings.Passfile),
            ("PGSSLMODE", _settings.SslMode switch { SslMode.VerifyCA => "verify-ca", SslMode.VerifyFull => "verify-full", var mode => mode.ToString().ToLowerInvariant() }),
            // They would look in a home directory, where mayflyd asks the system.
            ("PGSSLROOTCERT", _settings.RootCertificate ?? (verifies ? Authorities : null)),
            ("PGSSLCERT", _settings.SslCertificate), ("PGSSLKEY", _settings.SslKey),
            ("PGTARGETSESSIONATTRS", _settings.TargetSessionAttributes), ("PGCONNECT_TIMEOUT", _settings.Timeout.ToString(CultureInfo.InvariantCulture)), ("PGAPPNAME", _settings.ApplicationName),
        ];
        return all.Where(variable => !string.IsNullOrEmpty(variable.Value)).ToDictionary(variable => variable.Name, variable => variable.Value!);
    }

    private static string LastWords(ToolResult run) => run.Error.Trim().ReplaceLineEndings(" | ");

    [GeneratedRegex(@"(?<=\) )\d+")]
    private static partial Regex Major();
}
