using Mayfly.Cli.Client;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>session show</c>.</summary>
internal sealed class SessionShowCommand(CliEnvironment environment)
    : NamedViewCommand<SessionView>(environment, "show", "Show one session and what each step of its logon took.", "session", "Session id")
{
    protected override Task<Outcome<SessionView>> ReadAsync(MayflyClient client, string session, CancellationToken cancellationToken) =>
        client.SessionAsync(session, cancellationToken);

    protected override IRenderable Render(SessionView session) => SessionTable.Facts(session);
}
