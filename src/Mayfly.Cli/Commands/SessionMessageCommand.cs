using System.CommandLine;
using Mayfly.Cli.Client;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Commands;

/// <summary><c>session message</c>.</summary>
internal sealed class SessionMessageCommand : DeedCommand
{
    private readonly Argument<string> _message = new("message") { Description = "What its user reads, 1 to 500 characters" };

    public SessionMessageCommand(CliEnvironment environment)
        : base(environment, "message", "Send a message to the user of a session.", "session", "Session id") => Arguments.Add(_message);

    protected override Deed Begin(MayflyClient client, string subject, ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = new SendMessageRequest(parsed.GetRequiredValue(_message));
        return new(client.SendMessageAsync(subject, request, cancellationToken), $"The message is sent to session {subject}.", new { Sent = subject });
    }
}
