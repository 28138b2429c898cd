namespace Mayfly.Cli.Client;

/// <summary>No mayflyd answers at the address, or the connection to it broke.</summary>
internal sealed class ServerUnreachableException(ServerAddress address, string reason, Exception? inner = null)
    : Exception($"No mayflyd answers at {address.Shown}: {reason}.", inner)
{
    public ServerAddress Address { get; } = address;
}
