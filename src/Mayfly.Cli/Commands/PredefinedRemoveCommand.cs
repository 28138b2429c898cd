using System.CommandLine;
using Mayfly.Cli.Client;

namespace Mayfly.Cli.Commands;

/// <summary><c>predefined remove</c>.</summary>
internal sealed class PredefinedRemoveCommand(CliEnvironment environment)
    : DeedCommand(environment, "remove", "Remove predefined settings; who has begun with them keeps theirs.", "id", "Their id, as \"predefined list\" tells")
{
    protected override Deed Begin(MayflyClient client, string id, ParseResult parsed, CancellationToken cancellationToken) =>
        new(client.RemovePredefinedAsync(id, cancellationToken), "The predefined settings are removed.", new { Removed = id });
}
