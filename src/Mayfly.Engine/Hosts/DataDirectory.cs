namespace Mayfly.Engine.Hosts;

/// <summary>
/// The one place where Mayfly keeps anything, and the names of all in it (<c>docs/internals.md</c> lists who writes what):
/// <c>images/NAME/VERSION</c>, <c>warm/NAME/VERSION</c>, <c>packages/ID</c>, <c>volumes/ID</c>, <c>personas/ID</c>,
/// <c>machines/KEY</c>, <c>shipping/KIND-ID</c>, <c>quarantine/KEY</c>, <c>cache</c>, <c>mayfly.db</c>, <c>mayflyd.sock</c>, <c>host.json</c>.
/// </summary>
/// <param name="Root">Absolute path.</param>
public sealed record DataDirectory(string Root)
{
    /// <summary>Golden image versions.</summary>
    public string Images => Path.Combine(Root, "images");

    /// <summary>Warm images.</summary>
    public string Warm => Path.Combine(Root, "warm");

    /// <summary>App packages: <c>ID/package.squashfs</c> and <c>ID/manifest.json</c>.</summary>
    public string Packages => Path.Combine(Root, "packages");

    /// <summary>Writable volumes: <c>ID/volume.qcow2</c>.</summary>
    public string Volumes => Path.Combine(Root, "volumes");

    /// <summary>Archives of personas: <c>ID.tar.br</c>.</summary>
    public string Personas => Path.Combine(Root, "personas");

    /// <summary>One directory a running machine or shell, or kept machine; nothing else.</summary>
    public string Machines => Path.Combine(Root, "machines");

    /// <summary>Directories of kept machines nobody knows any more; made when needed, and for a person to look at.</summary>
    public string Quarantine => Path.Combine(Root, "quarantine");

    /// <summary>What is arriving from other hosts.</summary>
    public string Shipping => Path.Combine(Root, "shipping");

    /// <summary>What can be thrown away at any time when mayflyd is stopped.</summary>
    public string Cache => Path.Combine(Root, "cache");

    /// <summary>The SQLite database.</summary>
    public string Database => Path.Combine(Root, "mayfly.db");

    /// <summary>Unix socket of the API for this host's administrator.</summary>
    public string ApiSocket => Path.Combine(Root, "mayflyd.sock");

    /// <summary>What was found out about this host and need not be found out again.</summary>
    public string HostFacts => Path.Combine(Root, "host.json");
}
