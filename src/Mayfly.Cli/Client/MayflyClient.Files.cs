using System.Net.Sockets;
using Mayfly.Contracts;

namespace Mayfly.Cli.Client;

internal sealed partial class MayflyClient
{
    /// <summary>Writes an answer to a new file; one that does not come whole is removed again.</summary>
    /// <param name="path">What is asked for.</param>
    /// <param name="file">The new file.</param>
    /// <param name="token">Cancels.</param>
    /// <param name="mode">Who may read it, or null for what is usual here.</param>
    private async Task<Outcome<Done>> SaveAsync(string path, string file, CancellationToken token, UnixFileMode? mode = null)
    {
        if (File.Exists(file))
            return new Fault(ErrorCode.AlreadyExists, $"There is a file \"{file}\" already.", null, "Choose another name.");
        using var request = Request(HttpMethod.Get, path, null);
        using var response = await connection.SendAsync(request, token);
        if (!response.IsSuccessStatusCode)
            return await ProblemReader.ReadAsync(response, token);
        FileStream? target = null;
        var whole = false;
        try
        {
            target = new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode });
            await using (target)
                await CopyAsync(response, target, token);
            whole = true;
            return Done.Yes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Fault(ErrorCode.InvalidRequest, $"\"{file}\" could not be written.", exception.Message);
        }
        finally
        {
            if (target is not null && !whole)
                File.Delete(file);
        }
    }

    private async Task CopyAsync(HttpResponseMessage response, FileStream target, CancellationToken token)
    {
        try
        {
            // Not by the content's own copying, which tells a full disk and a broken connection alike.
            await using var source = await response.Content.ReadAsStreamAsync(token);
            await source.CopyToAsync(target, token);
        }
        catch (Exception exception) when (exception is HttpIOException or HttpRequestException or IOException { InnerException: SocketException })
        {
            throw connection.Unreachable(exception);
        }
    }
}
