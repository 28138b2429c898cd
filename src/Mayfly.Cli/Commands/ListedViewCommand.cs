using Mayfly.Cli.Client;
using Mayfly.Contracts;

namespace Mayfly.Cli.Commands;

/// <summary>Shows one of what is told as a whole list.</summary>
/// <param name="environment">What the command sees of the world.</param>
/// <param name="description">What it does.</param>
/// <param name="noun">What is shown, as an argument and as a command.</param>
/// <param name="words">The same in words.</param>
internal abstract class ListedViewCommand<TView>(CliEnvironment environment, string description, string noun, string words)
    : NamedViewCommand<TView>(environment, "show", description, noun, $"Name of the {words}")
    where TView : class
{
    private readonly string _list = $"\"{noun} list\" tells those there are.";

    protected sealed override async Task<Outcome<TView>> ReadAsync(MayflyClient client, string name, CancellationToken cancellationToken)
    {
        if (!(await ListAsync(client, cancellationToken)).TryGet(out var all, out var fault))
            return fault;
        return all.Find(one => NameOf(one) == name) is { } found ? found : new Fault(ErrorCode.NotFound, $"There is no {words} '{name}'.", null, _list);
    }

    protected abstract Task<Outcome<List<TView>>> ListAsync(MayflyClient client, CancellationToken cancellationToken);

    protected abstract string NameOf(TView view);
}
