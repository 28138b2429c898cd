namespace Mayfly.Qmp;

/// <summary>How long each class of command may take. Generous: they part a stuck QEMU from a busy host, and are no measure of speed.</summary>
public static class QmpDeadlines
{
    /// <summary>Queries and switches that do no I/O.</summary>
    public static readonly TimeSpan Quick = TimeSpan.FromSeconds(10);

    /// <summary>Commands that open files, plug devices or load state, and the greeting of a starting QEMU.</summary>
    public static readonly TimeSpan Heavy = TimeSpan.FromSeconds(60);
}
