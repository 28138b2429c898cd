using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

internal sealed partial class MayflyClient
{
    public Task<Outcome<List<DirectoryView>>> DirectoriesAsync(CancellationToken token) => ListAsync<DirectoryView>("directories", token);

    /// <summary>Adds a directory or changes it; a secret of null stays as it is.</summary>
    public Task<Outcome<DirectoryView>> SetDirectoryAsync(string directory, SetDirectoryRequest request, CancellationToken token) =>
        SendAsync<DirectoryView>(HttpMethod.Put, $"directories/{Part(directory)}", request, token);

    public Task<Outcome<Done>> RemoveDirectoryAsync(string directory, CancellationToken token) =>
        SendAsync(HttpMethod.Delete, $"directories/{Part(directory)}", token);

    public Task<Outcome<DirectoryTestReport>> TestDirectoryAsync(string directory, CancellationToken token) =>
        SendAsync<DirectoryTestReport>(HttpMethod.Post, $"directories/{Part(directory)}/test", null, token);
}
