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

    internal Task<Outcome<ShipmentFigures>> ShipAsync(
        ImageVersion id, ShippingPart part = ShippingPart.Golden, ShippingPurpose purpose = ShippingPurpose.Fork, IImageReceiver? to = null) =>
        Shipment.RunAsync(Here.Sender, to ?? There.Receiver, id, part, purpose, new Progress<StepProgress>(), Token);

    internal async Task<ShippingOffer> OfferAsync(ImageVersion id, ShippingPart part = ShippingPart.Golden) => (await Here.Sender.OfferAsync(id, part, Token)).Value;

    internal async Task<byte[]> ListAsync(ImageVersion id, ShippingPart part = ShippingPart.Golden)
    {
        using var list = new MemoryStream();
        (await Here.Sender.WriteListAsync(id, part, list, Token)).Fault.ShouldBeNull();
        return list.ToArray();
    }

    internal async Task<byte[]> BatchAsync(ImageVersion id, IReadOnlyList<PageRange> wanted, ShippingPart part = ShippingPart.Golden)
    {
        using var pages = new MemoryStream();
        (await Here.Sender.WritePagesAsync(id, part, wanted, pages, Token)).Fault.ShouldBeNull();
        return pages.ToArray();
    }

    /// <summary>A shipment as far as its receiver waits for pages.</summary>
    internal async Task<ShippingAnswer> BeginAsync(ImageVersion id)
    {
        (await There.Receiver.BeginAsync(await OfferAsync(id), ShippingPurpose.Fork, Token)).Value.Next.ShouldBe(ShippingStep.List);
        var answer = (await There.Receiver.ReadListAsync(id, new MemoryStream(await ListAsync(id)), Token)).Value;
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
