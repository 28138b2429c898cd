namespace Mayfly.VersusBench;

/// <summary>One way to come to a desktop.</summary>
/// <param name="key">Tells it from the others.</param>
/// <param name="name">Its name, for a table.</param>
/// <param name="about">What is done from the request to READY, a sentence.</param>
internal abstract class Way(string key, string name, string about)
{
    /// <summary>Tells it from the others.</summary>
    public string Key => key;

    /// <summary>Its name, for a table.</summary>
    public string Name => name;

    /// <summary>What is done from the request to READY, a sentence.</summary>
    public string About => about;

    /// <summary>True when it boots, and takes part in fewer rounds.</summary>
    public virtual bool Boots => false;

    /// <summary>True when many of it are started at once.</summary>
    public virtual bool Crowds => true;

    /// <summary>What of it lies on disk once for all clones, beside the golden image.</summary>
    public abstract long SavedBytes { get; }

    /// <summary>Guest memory that its clones share, now.</summary>
    public virtual Task<long> SharedBytesAsync(CancellationToken cancellationToken) => Task.FromResult(0L);

    /// <summary>Does what is done once for all clones. Not measured, and at the same time as other ways do it.</summary>
    public virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Does what can be done before anybody asks, for clones 0 to <paramref name="count"/> - 1. It is not measured.</summary>
    public virtual Task GetReadyAsync(int count, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes clone <paramref name="number"/>. What fails leaves nothing running.</summary>
    public abstract Task<Clone> StartAsync(int number, CancellationToken cancellationToken);

    /// <summary>Lets go of what <see cref="GetReadyAsync"/> holds ready.</summary>
    public virtual Task RestAsync() => Task.CompletedTask;

    /// <summary>Ends what <see cref="PrepareAsync"/> has started and removes it.</summary>
    public virtual Task EndAsync() => Task.CompletedTask;
}
