namespace Mayfly.Control;

/// <summary>Settings of the control plane.</summary>
public sealed record ControlOptions
{
    /// <value>Path of the SQLite file.</value>
    public required string DatabasePath { get; init; }

    /// <value>Connection string of a PostgreSQL database, which then takes the place of the file; or null.</value>
    public string? Database { get; init; }

    /// <value>How long a database server that does not answer yet is waited for at the start.</value>
    public TimeSpan DatabaseWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <value>Whether all machines are destroyed when the house stops; otherwise they run on and are found again.</value>
    public bool StopMachinesOnExit { get; init; }

    /// <value>Machines being made or started at once in the whole house.</value>
    public int ForkLimit { get; init; } = 2 * Environment.ProcessorCount;

    /// <value>How long opening a desktop waits for a machine.</value>
    public TimeSpan OpenWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <value>How often everything is compared even though nothing was heard.</value>
    public TimeSpan Resync { get; init; } = TimeSpan.FromMinutes(1);

    /// <value>How long a machine that nobody uses may not answer before another takes its place.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <value>Most shells held ready for one warm image.</value>
    public int ShellsPerImage { get; init; } = 2;
}
