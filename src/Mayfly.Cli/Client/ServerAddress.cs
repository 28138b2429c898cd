namespace Mayfly.Cli.Client;

/// <summary>Where mayflyd is: a unix socket of this host, or an address and a token.</summary>
/// <param name="Base">Base of all requests.</param>
/// <param name="Socket">Path of the unix socket, or null to go by <paramref name="Base"/>.</param>
/// <param name="Token">API token, or null.</param>
internal sealed record ServerAddress(Uri Base, string? Socket, string? Token)
{
    private const string SocketName = "mayflyd.sock";

    /// <summary>What people know it by.</summary>
    public string Shown => Socket ?? Base.ToString();

    /// <summary>Takes MAYFLY_URL and MAYFLY_TOKEN when set, else the socket that MAYFLY_SOCKET names, else that in the data directory.</summary>
    /// <exception cref="UriFormatException">MAYFLY_URL is not an http or https address.</exception>
    public static ServerAddress Find(Func<string, string?> variable)
    {
        var url = variable("MAYFLY_URL");
        if (string.IsNullOrEmpty(url))
            return new(new Uri("http://mayflyd/"), variable("MAYFLY_SOCKET") is { Length: > 0 } socket ? Path.GetFullPath(socket) : Path.Combine(DataDirectory(variable), SocketName), null);
        if (Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https")
            return new(new Uri(parsed.AbsoluteUri.TrimEnd('/') + "/"), null, variable("MAYFLY_TOKEN"));
        throw new UriFormatException($"MAYFLY_URL is \"{url}\", which is not an http or https address.");
    }

    /// <summary>The data directory of this host: MAYFLY_DATA, or the same default mayflyd has.</summary>
    public static string DataDirectory(Func<string, string?> variable)
    {
        if (variable("MAYFLY_DATA") is { Length: > 0 } named)
            return Path.GetFullPath(named);
        if (Environment.IsPrivilegedProcess)
            return "/var/lib/mayfly";
        var share = variable("XDG_DATA_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(variable("HOME") ?? "/", ".local", "share");
        return Path.Combine(share, "mayfly");
    }
}
