using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>session logoff</c>.</summary>
internal sealed class SessionLogoffCommand(CliEnvironment environment)
    : DeedCommand(environment, "logoff", "Log a session off; what its desktop has not kept is lost.", "session", "Session id")
{
    protected override Deed Begin(MayflyClient client, string session, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.LogOffAsync(session, cancellationToken), $"Session {session} is logged off.", new { LoggedOff = session });
}
