using Mayfly.Contracts;
using Mayfly.Engine.Exchange;
using Mayfly.Remote.Wire;
using Microsoft.AspNetCore.Http.Extensions;

namespace Mayfly.Remote.Calling;

/// <summary>The files of a host over the network.</summary>
public sealed class RemoteFiles
{
    private readonly HostWire _wire;

    internal RemoteFiles(HostWire wire) => _wire = wire;

    /// <summary>All files of a kind that are there. Faults: HostUnreachable.</summary>
    public Task<Outcome<List<string>>> ListAsync(HostFileKind kind, CancellationToken cancellationToken) => _wire.AskAsync(FileCalls.List, new KindAsked(kind), cancellationToken);

    /// <summary>The storage that volumes lie on there: see <see cref="IHostFiles.VolumeStorage"/>. Faults: HostUnreachable.</summary>
    public async Task<Outcome<string>> VolumeStorageAsync(CancellationToken cancellationToken) =>
        (await _wire.AskAsync(FileCalls.Storage, Done.Yes, cancellationToken)).TryGet(out var storage, out var fault) ? storage.Volumes : fault;

    /// <summary>Removes a file there, but no volume that lies on the same storage as those here. Faults: those of <see cref="IHostFiles.RemoveAsync"/>, HostUnreachable.</summary>
    public Task<Outcome<Done>> RemoveAsync(IHostFiles here, HostFileKind kind, string id, CancellationToken cancellationToken) =>
        _wire.AskAsync(FileCalls.Remove, new FileAsked(kind, id, here.VolumeStorage()), cancellationToken);

    /// <summary>Carries an archive of a persona from here to there. Faults: those of both, HostUnreachable.</summary>
    public async Task<Outcome<Done>> SendPersonaAsync(IHostFiles from, string id, CancellationToken cancellationToken)
    {
        if (!(await from.OpenPersonaAsync(id, cancellationToken)).TryGet(out var content, out var fault)) return fault;
        await using (content)
        {
            var path = FileCalls.TakePersona + new QueryBuilder { { "id", id }, { "bytes", $"{content.Length}" } };
            return await _wire.UploadAsync<Done>(path, content, cancellationToken);
        }
    }

    /// <summary>Carries an archive of a persona from there to here. Faults: those of both, HostUnreachable.</summary>
    public Task<Outcome<Done>> FetchPersonaAsync(IHostFiles to, string id, CancellationToken cancellationToken) =>
        _wire.DownloadAsync(
            FileCalls.GivePersona + new QueryBuilder { { "id", id } },
            (body, length, token) => to.ReceivePersonaAsync(id, length ?? throw new IOException("It is not told how long it is."), body, token), cancellationToken);
}
