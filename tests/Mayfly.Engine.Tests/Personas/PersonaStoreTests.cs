using System.IO.Compression;
using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Personas;

namespace Mayfly.Engine.Tests.Personas;

/// <summary>Archives that come back as what they were, or not at all.</summary>
public sealed class PersonaStoreTests : IDisposable
{
    private const int Length = 100_000;
    private readonly DataDirectory _data = new(Directory.CreateTempSubdirectory("mayfly-store-").FullName);
    private readonly PersonaStore _store;

    public PersonaStoreTests() => _store = new PersonaStore(_data, TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data.Root, recursive: true);

    [Fact]
    public async Task Copy_FileThatUnpacksToMore_StopsAtWhatWasWrittenDown()
    {
        var archive = await AddAsync();
        await using (var bomb = new BrotliStream(File.Create(FileOf(archive)), CompressionLevel.Fastest))
        {
            var zeroes = new byte[1 << 20];
            for (var mib = 0; mib < 256; mib++)
                await bomb.WriteAsync(zeroes, Token);
        }

        new FileInfo(FileOf(archive)).Length.ShouldBeLessThan(1 << 20);
        (await DamagedAsync(archive)).ShouldBe(Length);
    }

    [Fact]
    public async Task Copy_FileThatIsCut_IsDamaged()
    {
        var archive = await AddAsync();
        await using (var file = File.OpenWrite(FileOf(archive)))
            file.SetLength(file.Length / 2);

        await DamagedAsync(archive);
    }

    [Fact]
    public async Task Copy_FileThatCanNotBeRead_IsAFaultOfThatArchive()
    {
        var archive = await AddAsync();
        File.Delete(FileOf(archive));
        Directory.CreateDirectory(FileOf(archive));

        (await _store.CopyAsync(archive, Stream.Null, Token))!.Code.ShouldBe(ErrorCode.PersonaUnusable);
    }

    private async Task<PersonaArchive> AddAsync()
    {
        var bytes = new byte[Length];
        new Random(1).NextBytes(bytes);
        return await _store.AddAsync("thing", new MemoryStream(bytes), Length, Token);
    }

    private async Task<long> DamagedAsync(PersonaArchive archive)
    {
        using var target = new MemoryStream();
        (await _store.CopyAsync(archive, target, Token))!.Code.ShouldBe(ErrorCode.PersonaUnusable);
        return target.Length;
    }

    private string FileOf(PersonaArchive archive) => Path.Combine(_data.Personas, archive.Id + ".tar.br");
}
