using System.Runtime.CompilerServices;
using Mayfly.Cli.Client;
using Mayfly.Contracts;

namespace Mayfly.Cli.Commands;

/// <summary>Says when to look at the house again.</summary>
internal static class Changes
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(5);

    /// <summary>One item at once, and one whenever something may have changed. Never ends of itself.</summary>
    /// <exception cref="ServerUnreachableException">The connection ended.</exception>
    public static async IAsyncEnumerable<Done> FollowAsync(CliSession cli, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var told in cli.Client.ChangesAsync(cancellationToken))
        {
            yield return Done.Yes;
            if (told)
                continue;

            cli.Report.Note($"This mayflyd does not tell of changes; it is asked every {AskEvery.TotalSeconds:0} seconds instead.");
            using var timer = new PeriodicTimer(AskEvery, cli.Environment.Clock);
            while (await timer.WaitForNextTickAsync(cancellationToken))
                yield return Done.Yes;
        }

        throw new ServerUnreachableException(cli.Client.Address, "the connection ended while it told of changes");
    }
}
