using Mayfly.Contracts;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Volumes;

/// <summary>
/// Makes empty volumes: a qcow2 with an ext4 file system over all of it, and in that the folders the guest merges into its tree. Only what
/// is written takes room, and the file system's tables are written by the guest's kernel when they are needed.
/// </summary>
internal sealed class VolumeMaker(QemuImages images, ToolRunner tools)
{
    private const string FileSystemTools = "e2fsprogs";
    private const string Label = "mayfly";

    // Of each part the kernel needs two: one for what is written, one to work in.
    private static readonly string[] s_folders = ["usr", "usr.work", "opt", "opt.work", "etc", "etc.work", "home"];

    /// <summary>Makes one. Faults: HostDiskLow, VolumeUnusable, ToolMissing.</summary>
    /// <param name="path">New file.</param>
    /// <param name="sizeMib">What can be written at most.</param>
    /// <param name="cancellationToken">Cancels; what is there then is the caller's to remove.</param>
    public async Task<Outcome<Done>> MakeAsync(string path, int sizeMib, CancellationToken cancellationToken)
    {
        var raw = path + ".raw";
        var folders = path + ".folders";
        try
        {
            using (var disk = File.OpenHandle(raw, FileMode.CreateNew, FileAccess.Write))
                RandomAccess.SetLength(disk, (long)sizeMib << 20);
            // By debugfs rather than from a template directory: the folders are root's also when mayflyd is not.
            await File.WriteAllLinesAsync(folders, s_folders.Select(folder => $"mkdir {folder}"), cancellationToken);
            if (await FormatAsync(raw, folders, path, cancellationToken) is { } fault)
                return fault;
            return await images.RunAsync(path, cancellationToken, "convert", "-f", "raw", "-O", "qcow2", raw, path);
        }
        finally
        {
            File.Delete(raw);
            File.Delete(folders);
        }
    }

    private async Task<Fault?> FormatAsync(string raw, string folders, string path, CancellationToken cancellationToken) =>
        await RunAsync(
            "mke2fs", path, cancellationToken, "-q", "-F", "-t", "ext4", "-L", Label, "-m", "0",
            "-E", "root_owner=0:0,lazy_itable_init=1,lazy_journal_init=1,nodiscard", raw)
        ?? await RunAsync("debugfs", path, cancellationToken, "-w", "-f", folders, raw);

    private async Task<Fault?> RunAsync(string program, string path, CancellationToken cancellationToken, params string[] arguments)
    {
        var run = await tools.RunAsync(new ToolStart(program, FileSystemTools, arguments), cancellationToken);
        if (run.Fault is { } missing)
            return missing;
        return run.Value.ExitCode == 0 ? null : images.Failed(path, program, run.Value.Error);
    }
}
