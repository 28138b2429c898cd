using System.Collections.Concurrent;
using Mayfly.Contracts;
using Mayfly.Engine.Exchange;

namespace Mayfly.TestKit;

/// <summary>Files of a host in memory.</summary>
public sealed class FakeHostFiles : IHostFiles
{
    private readonly ConcurrentDictionary<(HostFileKind Kind, string Id), byte[]> _files = new();

    /// <summary>A file, or null.</summary>
    public byte[]? this[HostFileKind kind, string id]
    {
        get => _files.GetValueOrDefault((kind, id));
        set => _files[(kind, id)] = value!;
    }

    /// <summary>The storage that volumes lie on.</summary>
    public string Storage { get; set; } = Guid.NewGuid().ToString("N");

    public string VolumeStorage() => Storage;

    public IReadOnlyList<string> List(HostFileKind kind) => [.. _files.Keys.Where(key => key.Kind == kind).Select(key => key.Id)];

    public Task<Outcome<Stream>> OpenPersonaAsync(string id, CancellationToken cancellationToken) => Task.FromResult(
        this[HostFileKind.Persona, id] is { } bytes ? (Outcome<Stream>)new MemoryStream(bytes) : new Fault(ErrorCode.NotFound, $"There is no archive {id}."));

    public async Task<Outcome<Done>> ReceivePersonaAsync(string id, long bytes, Stream content, CancellationToken cancellationToken)
    {
        var archive = new byte[bytes];
        await content.ReadExactlyAsync(archive, cancellationToken);
        this[HostFileKind.Persona, id] = archive;
        return Done.Yes;
    }

    public Task<Outcome<Done>> RemoveAsync(HostFileKind kind, string id, CancellationToken cancellationToken)
    {
        _files.TryRemove((kind, id), out _);
        return Task.FromResult<Outcome<Done>>(Done.Yes);
    }
}
