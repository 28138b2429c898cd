using System.CommandLine;
using System.CommandLine.Completions;
using Mayfly.Cli.Client;
using Mayfly.Contracts;

namespace Mayfly.Cli.Completion;

/// <summary>
/// Completes names of pools, machines, images, users, groups, directories, applications, captures, volumes and sessions by asking mayflyd. An argument or option takes such names
/// when it is called as they are; new names are called "name".
/// </summary>
internal sealed class NameCompletions(CliEnvironment environment)
{
    // Whoever presses Tab waits for it.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Adds them to a command and all below it.</summary>
    public void AddTo(Command command)
    {
        foreach (var argument in command.Arguments)
            AddTo(argument.Name, argument.CompletionSources);
        foreach (var option in command.Options)
            AddTo(option.Name.TrimStart('-'), option.CompletionSources);
        foreach (var verb in command.Subcommands)
            AddTo(verb);
    }

    private void AddTo(string called, List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources)
    {
        if (Source(called) is { } ask)
            sources.Add(_ => Ask(ask).Select(name => new CompletionItem(name)));
    }

    private static Func<MayflyClient, CancellationToken, Task<IEnumerable<string>>>? Source(string called) => called switch
    {
        "pool" => async (client, token) => Names(await client.PoolsAsync(token), pool => pool.Name),
        "machine" => async (client, token) => Names(await client.MachinesAsync(null, null, null, null, null, token), machine => machine.Name),
        "image" => async (client, token) => Names(await client.ImagesAsync(token), image => image.Name),
        "user" => async (client, token) => Names(await client.UsersAsync(null, token), user => user.Name),
        "group" => async (client, token) => Names(await client.GroupsAsync(token), group => group.Name),
        "directory" => async (client, token) => Names(await client.DirectoriesAsync(token), directory => directory.Name),
        "app" => async (client, token) => Names(await client.AppsAsync(null, token), app => app.Name),
        "capture" => async (client, token) => Names(await client.CapturesAsync(null, true, token), capture => capture.Id),
        "volume" => async (client, token) => Names(await client.VolumesAsync(null, null, null, token), volume => volume.Id),
        "host" => async (client, token) => Names(await client.HostsAsync(token), host => host.Name),
        "workspace" => async (client, token) => Names(await client.WorkspacesAsync(token), workspace => workspace.Name),
        "flex-config" => async (client, token) => Names(await client.FlexConfigsAsync(token), config => config.Name),
        "environment" => async (client, token) => Names(await client.EnvironmentsAsync(token), environment => environment.Name),
        "session" => async (client, token) => Names(await client.SessionsAsync(null, null, null, "open", token), session => session.Id),
        _ => null,
    };

    private static IEnumerable<string> Names<T>(Outcome<List<T>> outcome, Func<T, string> name) =>
        outcome.TryGet(out var items, out _) ? items.Select(name).Where(IsOneWord) : [];

    // Names go through a shell: one with anything else in it is not offered.
    private static bool IsOneWord(string name) => name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '@');

    private IEnumerable<string> Ask(Func<MayflyClient, CancellationToken, Task<IEnumerable<string>>> ask)
    {
        using var limit = new CancellationTokenSource(Limit, environment.Clock);
        try
        {
            using var client = new MayflyClient(new ServerConnection(ServerAddress.Find(environment.Variable)));
            // The library asks for completions without waiting; nothing else runs meanwhile.
            return Task.Run(() => ask(client, limit.Token), limit.Token).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is OperationCanceledException or ServerUnreachableException or UnexpectedAnswerException or UriFormatException)
        {
            return [];
        }
    }
}
