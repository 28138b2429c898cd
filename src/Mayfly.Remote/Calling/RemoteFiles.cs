using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Engine.Exchange;
using Mayfly.Remote.Wire;

namespace Mayfly.Remote.Calling;

/// <summary>The files of a host over the network.</summary>
public sealed class RemoteFiles
{
    private readonly HostWire _wire;

    internal RemoteFiles(HostWire wire) => _wire = wire;

    /// <summary>All files of a kind that are there. Faults: HostUnreachable.</summary>
    public async Task<Outcome<List<string>>> ListAsync(HostFileKind kind, CancellationToken cancellationToken) =>
        (await _wire.AskAsync(FileCalls.List, new KindAsked(kind), cancellationToken)).TryGet(out var answered, out var fault) ? answered.Answer : fault;

    /// <summary>The storage that volumes lie on there: see <see cref="IHostFiles.VolumeStorage"/>. Faults: HostUnreachable.</summary>
    public async Task<Outcome<string>> VolumeStorageAsync(CancellationToken cancellationToken) =>
        (await _wire.AskAsync(FileCalls.Storage, Done.Yes, cancellationToken)).TryGet(out var answered, out var fault) ? answered.Answer.Volumes : fault;

    /// <summary>Carries a file from here to there. Faults: those of both, HostUnreachable.</summary>
    public async Task<Outcome<Done>> SendAsync(IHostFiles from, HostFileKind kind, string id, Engine.PackageManifest? package, CancellationToken cancellationToken)
    {
        if (!(await from.OpenAsync(kind, id, cancellationToken)).TryGet(out var content, out var fault)) return fault;
        await using (content)
            return await _wire.UploadAsync<Done>(FileCalls.Take, content, (FileCalls.FileHeader, HeaderOf(new HostFile(kind, id, content.Length, package))), cancellationToken);
    }

    /// <summary>Carries a file from there to here. Faults: those of both, HostUnreachable.</summary>
    public Task<Outcome<Done>> FetchAsync(IHostFiles to, HostFileKind kind, string id, CancellationToken cancellationToken) =>
        _wire.DownloadAsync($"{FileCalls.Give}/{kind}/{id}", (body, length, token) => to.ReceiveAsync(new HostFile(kind, id, length ?? throw new IOException("It is not told how long it is.")), body, token), cancellationToken);

    /// <summary>Removes a file there, but no volume that lies on the same storage as those here. Faults: those of <see cref="IHostFiles.RemoveAsync"/>, HostUnreachable.</summary>
    public async Task<Outcome<Done>> RemoveAsync(IHostFiles here, HostFileKind kind, string id, CancellationToken cancellationToken) =>
        (await _wire.AskAsync(FileCalls.Remove, new FileAsked(kind, id, here.VolumeStorage()), cancellationToken)).Fault is { } fault ? fault : Done.Yes;

    private static string HeaderOf(HostFile file) => Uri.EscapeDataString(JsonSerializer.Serialize(file, WireJson.Options));
}
