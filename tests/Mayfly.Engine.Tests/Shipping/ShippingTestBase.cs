using Mayfly.Contracts;
using Mayfly.Engine.Shipping;

namespace Mayfly.Engine.Tests.Shipping;

/// <summary>Two hosts, and images of random pages.</summary>
public abstract class ShippingTestBase : IAsyncDisposable
{
    internal const int Page = 4096;

    internal static readonly ImageVersion First = new("desk", "000000000001");
    internal static readonly ImageVersion Second = new("desk", "000000000002");

    private readonly List<ShippingHost> _hosts = [];

    internal static CancellationToken Token => TestContext.Current.CancellationToken;

    internal ShippingHost Here { get; }

    internal ShippingHost There { get; }

    protected ShippingTestBase() => (Here, There) = (MakeHost(), MakeHost());

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal ShippingHost MakeHost(string? root = null, long diskReserve = 0)
    {
        _hosts.Add(new ShippingHost(root, diskReserve));
        return _hosts[^1];
    }

    /// <summary>Pages of random bytes, each by its number; zero for zeros.</summary>
    internal static byte[] Pages(params IEnumerable<int> seeds) => [.. seeds.SelectMany(seed =>
    {
        var page = new byte[Page];
        if (seed != 0)
            new Random(seed).NextBytes(page);
        return page;
    })];

    internal Task<Outcome<ShipmentFigures>> ShipAsync(ImageVersion id, ICargoReceiver? to = null) => ShipAsync(Cargo.Golden(id), ShippingPurpose.Fork, to);

    internal Task<Outcome<ShipmentFigures>> ShipAsync(Cargo cargo, ShippingPurpose purpose = ShippingPurpose.Keep, ICargoReceiver? to = null) =>
        Shipment.RunAsync(Here.Sender, to ?? There.Receiver, cargo, purpose, null, Token);

    internal Task<ShippingOffer> OfferAsync(ImageVersion id) => OfferAsync(Cargo.Golden(id));

    internal async Task<ShippingOffer> OfferAsync(Cargo cargo) => (await Here.Sender.OfferAsync(cargo, Token)).Value;

    internal Task<byte[]> ListAsync(ImageVersion id) => ListAsync(Cargo.Golden(id));

    internal async Task<byte[]> ListAsync(Cargo cargo)
    {
        using var list = new MemoryStream();
        (await Here.Sender.WriteListAsync(cargo, list, Token)).Fault.ShouldBeNull();
        return list.ToArray();
    }

    internal Task<byte[]> BatchAsync(ImageVersion id, IReadOnlyList<PageRange> wanted) => BatchAsync(Cargo.Golden(id), wanted);

    internal async Task<byte[]> BatchAsync(Cargo cargo, IReadOnlyList<PageRange> wanted)
    {
        using var pages = new MemoryStream();
        (await Here.Sender.WritePagesAsync(cargo, wanted, pages, Token)).Fault.ShouldBeNull();
        return pages.ToArray();
    }

    /// <summary>A shipment as far as its receiver waits for pages.</summary>
    internal Task<ShippingAnswer> BeginAsync(ImageVersion id) => BeginAsync(Cargo.Golden(id));

    /// <summary>The same of anything.</summary>
    internal async Task<ShippingAnswer> BeginAsync(Cargo cargo)
    {
        (await There.Receiver.BeginAsync(await OfferAsync(cargo), ShippingPurpose.Fork, Token)).Value.Next.ShouldBe(ShippingStep.List);
        var answer = (await There.Receiver.ReadListAsync(cargo, new MemoryStream(await ListAsync(cargo)), Token)).Value;
        answer.Next.ShouldBe(ShippingStep.Pages);
        return answer;
    }

    /// <summary>Asserts that a version is there with these bytes for a disk, and nothing is left of its way.</summary>
    internal async Task HasAsync(ShippingHost host, ImageVersion id, byte[] disk)
    {
        var golden = (await host.Images.FindAsync(id.Name, id.Version, Token)).Value;
        (await File.ReadAllBytesAsync(golden.PathOf("disk.raw"), Token)).AsSpan().SequenceEqual(disk).ShouldBeTrue();
        Directory.EnumerateDirectories(Path.GetDirectoryName(golden.Directory)!, ".making-*").ShouldBeEmpty();
        Staged(host).ShouldBeEmpty();
    }

    /// <summary>What is there of shipments that have not been completed.</summary>
    internal static string[] Staged(ShippingHost host) => Directory.Exists(host.Data.Shipping) ? Directory.GetDirectories(host.Data.Shipping) : [];
}
