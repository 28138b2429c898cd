using Mayfly.Cli.Output;
using Mayfly.Contracts.Api;
using Spectre.Console;

namespace Mayfly.Cli.Commands;

/// <summary>How volumes are shown.</summary>
internal static class VolumeTable
{
    private const long BytesPerMib = 1L << 20;

    public static Table Of(IEnumerable<VolumeView> volumes) => TextTable.Of(
        ["volume", "user", "os", "keeps", "size", "state", "pool", "machine", "attached"],
        volumes.Select(IReadOnlyList<string?> (volume) =>
        [
            volume.Id, volume.User, volume.Os, Words.Kebab(volume.Kind), Words.Bytes(volume.SizeMib * BytesPerMib), Words.Kebab(volume.State), volume.Pool, volume.Machine,
            Words.When(volume.AttachedAt),
        ]));

    public static Rows Facts(VolumeDetails details) => new(
        TextTable.Facts(
            ("Volume", details.Volume.Id), ("User", details.Volume.User), ("OS", details.Volume.Os), ("Keeps", Words.Kebab(details.Volume.Kind)),
            ("Size", Words.Bytes(details.Volume.SizeMib * BytesPerMib)), ("On disk", Words.Bytes(details.Bytes)), ("State", Words.Kebab(details.Volume.State)),
            ("Pool", details.Volume.Pool), ("Machine", details.Volume.Machine), ("Made", Words.When(details.Volume.CreatedAt)), ("Attached", Words.When(details.Volume.AttachedAt))),
        TextTable.Of(["snapshot", "taken"], details.Snapshots.Select(IReadOnlyList<string?> (snapshot) => [snapshot.Id, Words.When(snapshot.TakenAt)])));
}
