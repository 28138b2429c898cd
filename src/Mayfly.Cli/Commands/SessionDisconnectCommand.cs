using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>session disconnect</c>.</summary>
internal sealed class SessionDisconnectCommand(CliEnvironment environment)
    : DeedCommand(environment, "disconnect", "Close the display of a session; the desktop goes on.", "session", "Session id")
{
    protected override Deed Begin(MayflyClient client, string session, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.DisconnectAsync(session, cancellationToken), $"Session {session} is disconnected.", new { Disconnected = session });
}
