using Mayfly.Contracts;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Images;

/// <summary>
/// Step 1 of the main path, Build: makes a version of a golden image from a recipe, without loop mounts and without root's rights.
/// The version is the hash of all that goes in from this side, so the same recipe is built once.
/// </summary>
internal sealed class RecipeBuilder(RecipeBuilderOptions options, DataDirectory data, ImageStore store, ToolRunner tools, TimeProvider time)
{
    // Room for what is unpacked, beside the finished disk: measured on the desktop image, with packages downloaded, doubled.
    private const long WorkBytesDisk = 6L << 30;
    private const long WorkBytesInitramfs = 1L << 30;

    private readonly PackageSources _sources = new(tools);

    /// <summary>Names of the recipes there are.</summary>
    public IReadOnlyList<string> Recipes => RecipeReader.Names(options.RecipeDirectory);

    /// <summary>
    /// Builds a recipe, or returns the version built from the very same recipe before. mmdebstrap's output goes to <c>cache/build-NAME.log</c>.
    /// Faults: NotFound, RecipeInvalid, ToolMissing, HostDiskLow, ImageBuildFailed.
    /// </summary>
    public async Task<Outcome<GoldenImage>> BuildAsync(string recipe, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        // 1. What is asked, and which version it makes.
        progress.Report(new StepProgress("Reading the recipe", 0));
        if (!RecipeReader.Read(options.RecipeDirectory, recipe).TryGet(out var read, out var invalid))
            return invalid;
        if (!File.Exists(options.AgentPath))
            return new Fault(ErrorCode.ImageBuildFailed, "The guest agent has not been built.", $"{options.AgentPath} does not exist.", "Build it with: make build");
        var id = new ImageVersion(read.Name, await RecipeVersion.ComputeAsync(read, options.AgentPath, cancellationToken));
        if ((await store.FindAsync(id.Name, id.Version, cancellationToken)).TryGet(out var present, out _))
            return present;

        // 2. What it takes on this host.
        if (MissingTool() is { } missing)
            return missing;
        if (DiskSpace.Require(data.Images, Needed(read), $"build the image '{id.Name}'") is { } full)
            return full;
        if (!(await _sources.FindAsync(read.Suite, cancellationToken)).TryGet(out var sources, out var noSource))
            return noSource;

        // 3. The build, beside the finished versions.
        using var staged = store.Stage(id.Name);
        if (await RunAsync(read, sources.Lines, staged.Directory, progress, cancellationToken) is { } failed)
            return failed;
        if (await RecipeVersion.ComputeAsync(read, options.AgentPath, cancellationToken) != id.Version)
            return new Fault(ErrorCode.ImageBuildFailed, $"The recipe '{id.Name}' or the agent changed while it was built.", Remedy: "Build again.");

        // 4. Hash, manifest, and into place by one rename.
        progress.Report(new StepProgress("Hashing the disk", 94));
        var manifest = await DescribeAsync(read, staged.Directory, cancellationToken);
        progress.Report(new StepProgress("Saving the image", 99));
        return await store.CommitAsync(staged, id, manifest, cancellationToken);
    }

    private async Task<Fault?> RunAsync(
        Recipe recipe, IReadOnlyList<string> sources, string staging, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(data.Cache);
        var logPath = Path.Combine(data.Cache, $"build-{recipe.Name}.log");
        using var log = new BuildLog(logPath, progress);
        await using var work = await BuildDirectory.CreateAsync(staging, tools, cancellationToken);
        CreateWritable(Path.Combine(staging, BuildCommand.Disk));
        var command = new BuildCommand(recipe, options.AgentPath, sources, staging, work.Path);
        if (!(await tools.RunAsync(command.ToTool(log.Add), cancellationToken)).TryGet(out var result, out var fault))
            return fault;
        File.SetUnixFileMode(Path.Combine(staging, BuildCommand.Disk), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return result.ExitCode == 0 ? null : new Fault(
            ErrorCode.ImageBuildFailed,
            $"Building the image '{recipe.Name}' failed.",
            $"mmdebstrap ended with status {result.ExitCode}; its last words: {log.Tail()}.",
            $"The whole output is in {logPath}. Check that the package mirror can be reached, then build again.");
    }

    private async Task<ImageManifest> DescribeAsync(Recipe recipe, string staging, CancellationToken cancellationToken) => new()
    {
        Source = "recipe",
        CreatedAt = time.GetUtcNow(),
        Hardware = recipe.Hardware,
        Disk = new ImageDisk(
            BuildCommand.Disk,
            "raw",
            (long)recipe.DiskMib << 20,
            await FileHash.Sha256Async(Path.Combine(staging, BuildCommand.Disk), cancellationToken)),
        Boot = new ImageBoot(BuildCommand.Kernel, BuildCommand.Initrd, recipe.CommandLine),
        Settle = recipe.Settle,
    };

    private static long Needed(Recipe recipe) => recipe.Kind is RecipeKind.Disk ? WorkBytesDisk : WorkBytesInitramfs + ((long)recipe.DiskMib << 20);

    private static Fault? MissingTool() =>
        ToolRunner.Require("mmdebstrap", "mmdebstrap")
        ?? ToolRunner.Require("setsid", "util-linux")
        ?? (Environment.IsPrivilegedProcess ? null : ToolRunner.Require("newuidmap", "uidmap"));

    // In a user namespace the disk is written by a user who is nobody to us; only our directory guards it meanwhile.
    private static void CreateWritable(string path)
    {
        File.Create(path).Dispose();
        File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110);
    }
}
