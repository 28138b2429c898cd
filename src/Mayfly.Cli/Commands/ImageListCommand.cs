using System.CommandLine;
using Mayfly.Cli.Output;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Spectre.Console.Rendering;

namespace Mayfly.Cli.Commands;

/// <summary><c>image list</c>.</summary>
internal sealed class ImageListCommand(CliEnvironment environment)
    : ViewCommand<List<ImageView>>(environment, "list", "List golden images, their versions, and what is published.")
{
    protected override Task<Outcome<List<ImageView>>> ReadAsync(CliSession cli, ParseResult parsed, CancellationToken cancellationToken) =>
        cli.Client.ImagesAsync(cancellationToken);

    protected override IRenderable Render(List<ImageView> images) => TextTable.Of(
        ["image", "version", "source", "created", "disk", "published", "memory", "boot", "freeze"],
        images.SelectMany(image => image.Versions, Row));

    private static IReadOnlyList<string?> Row(ImageView image, ImageVersionView version) =>
    [
        image.Name, version.Version, version.Source, Words.When(version.CreatedAt), Words.Bytes(version.DiskBytes),
        version.Warm is { } warm ? $"{Words.When(warm.PublishedAt)} ({warm.Accelerator})" : null,
        version.Warm is { } sized ? Words.Bytes(sized.MemoryBytes) : null,
        version.Warm is { } booted ? Words.Seconds(booted.BootSeconds) : null,
        version.Warm is { } frozen ? Words.Seconds(frozen.FreezeSeconds) : null,
    ];
}
