using System.Text;
using System.Text.RegularExpressions;
using Mayfly.Contracts;
using Mayfly.Engine.Packages.Archives;
using Mayfly.Engine.Processes;

namespace Mayfly.Engine.Packages.Capturing;

/// <summary>Installs without hands: what is to be installed is brought to the guest on a disk, which needs no network for it.</summary>
internal sealed partial class GuestInstaller(DebianResolver resolver, ToolRunner tools)
{
    private const string StatusName = "var/lib/dpkg/status";
    private const string ReleaseName = "usr/lib/os-release";
    private const string ScriptName = "install.sh";
    private const string Input = "/run/mayfly/input";
    private const int HandOverSeconds = 300;
    private const long HandOverBytes = 128L << 20;

    // The disk is found by its serial number, behind the header of a page with no letters in it. It shows up a moment after it was plugged in.
    private const string HandOver =
        $"""
        for attempt in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
            for disk in /sys/block/sd*; do
                [ "$(tr -cd a-z 2>/dev/null <"$disk/device/vpd_pg80")" = output ] || continue
                tar -C / -cf "/dev/$(basename "$disk")" {StatusName} {ReleaseName} || exit
                # Where something else has the disk open too, as udev may, closing it writes nothing out.
                exec sync
            done
            sleep 1
        done
        echo "the output disk is not there" >&2
        exit 1
        """;

    private const string Install =
        $"""
        export DEBIAN_FRONTEND=noninteractive
        if command -v apt-get >/dev/null; then
            exec apt-get -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold --yes --no-install-recommends install {Input}/debs/*.deb
        fi
        exec dpkg --install {Input}/debs/*.deb
        """;

    /// <summary>Installs. Faults: CaptureFailed, ToolMissing, HostDiskLow, and those of an attach.</summary>
    public async Task<Fault?> InstallAsync(Capture capture, CaptureSource source, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        if (await CheckAsync(source, cancellationToken) is { } refused)
            return refused;
        Directory.CreateDirectory(capture.Files.Work);
        Fault? failed;
        Fault? stays;
        try
        {
            failed = await BringAndRunAsync(capture, source, progress, cancellationToken);
        }
        finally
        {
            // Also when it failed or nobody waits any more: the capture can go on, with other disks.
            stays = await capture.AttachAsync(input: false, output: false, CancellationToken.None);
            Directory.Delete(capture.Files.Work, recursive: true);
            File.Delete(capture.Files.Input);
            File.Delete(capture.Files.Output);
        }

        return failed ?? stays;
    }

    private async Task<Fault?> BringAndRunAsync(Capture capture, CaptureSource source, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        if (!(await GatherAsync(capture, source, progress, cancellationToken)).TryGet(out var files, out var lack))
            return lack;
        return await InputDisk.WriteAsync(capture.Files.Input, files, cancellationToken)
            ?? await capture.AttachAsync(input: true, output: false, cancellationToken)
            ?? await RunAsync(capture, source, progress, cancellationToken);
    }

    /// <summary>Everything for the input disk, by its name there.</summary>
    private async Task<Outcome<IReadOnlyDictionary<string, string>>> GatherAsync(
        Capture capture, CaptureSource source, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, string>();
        if (source.Packages.Count + source.Files.Count > 0)
        {
            progress.Report(new StepProgress("Resolving packages", 5));
            if (!(await ReadGuestAsync(capture, cancellationToken)).TryGet(out var guest, out var unread))
                return unread;
            progress.Report(new StepProgress("Downloading packages", 15));
            if (!(await resolver.DownloadAsync(capture.Files.Work, guest, [.. source.Packages, .. source.Files], cancellationToken)).TryGet(out var downloaded, out var lack))
                return lack;
            foreach (var path in downloaded.Concat(source.Files))
                files[$"debs/{files.Count}.deb"] = path;
        }

        if (source.Script is { } script)
        {
            files[ScriptName] = Path.Combine(capture.Files.Work, ScriptName);
            await File.WriteAllTextAsync(files[ScriptName], script, cancellationToken);
        }

        return files;
    }

    private static async Task<Fault?> RunAsync(Capture capture, CaptureSource source, IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        if (source.Packages.Count + source.Files.Count > 0)
        {
            progress.Report(new StepProgress("Installing packages", 50));
            if (await capture.RunAsync("Installing the packages", ["sh", "-c", Install], source.TimeoutSeconds, cancellationToken) is { } failed)
                return failed;
        }

        if (source.Script is null)
            return null;
        progress.Report(new StepProgress("Running the script", 80));
        return await capture.RunAsync("The script", ["sh", $"{Input}/{ScriptName}"], source.TimeoutSeconds, cancellationToken);
    }

    /// <summary>What is installed in the guest. Its status file is longer than a program's output may be, and comes on the output disk.</summary>
    private static async Task<Outcome<GuestPackages>> ReadGuestAsync(Capture capture, CancellationToken cancellationToken)
    {
        capture.MakeOutput(HandOverBytes);
        if (await capture.AttachAsync(input: false, output: true, cancellationToken) is { } notAttached)
            return notAttached;
        if (await capture.RunAsync("Reading the guest's list of Debian packages", ["sh", "-c", HandOver], HandOverSeconds, cancellationToken) is { } failed)
            return failed with { Remedy = "Only guests with dpkg can be given Debian packages; others can be given a script." };
        try
        {
            return await ReadGuestAsync(capture.Files.Output, cancellationToken);
        }
        catch (InvalidDataException damaged)
        {
            return Unreadable(damaged.Message);
        }
    }

    private static async Task<Outcome<GuestPackages>> ReadGuestAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var archive = new TarStream(file, HandOverBytes);
        var found = new Dictionary<string, byte[]>();
        while (await archive.NextAsync(cancellationToken) is { } entry && found.Count < 2)
        {
            var content = new byte[entry.Size];
            await new EntryContent(archive, entry.Size).ReadExactlyAsync(content, cancellationToken);
            found[entry.Name] = content;
        }

        var suite = CodeName().Match(Encoding.UTF8.GetString(found.GetValueOrDefault(ReleaseName, []))).Groups[1].Value;
        return suite.Length > 0 && found.TryGetValue(StatusName, out var status)
            ? new GuestPackages(suite, DpkgStatus.Clean(status))
            : Unreadable("it names no release of Debian");
    }

    private async Task<Fault?> CheckAsync(CaptureSource source, CancellationToken cancellationToken)
    {
        if (source.TimeoutSeconds is < 1 or > 24 * 60 * 60)
            return new Fault(ErrorCode.InvalidRequest, "The limit of an installation is 1 s to a day.");
        if (source.Packages.FirstOrDefault(name => !PackageName().IsMatch(name)) is { } odd)
            return new Fault(ErrorCode.InvalidRequest, $"'{odd}' can not be the name of a Debian package.");
        foreach (var file in source.Files)
        {
            if (!Path.IsPathFullyQualified(file) || !File.Exists(file))
                return new Fault(ErrorCode.CaptureFailed, $"There is no file {file}.", Remedy: "Name .deb files of the server by absolute path.");
            var info = await tools.RunAsync(new ToolStart("dpkg-deb", "dpkg", ["--info", file]), cancellationToken);
            if (info.Fault is { } missing)
                return missing;
            if (info.Value.ExitCode != 0)
                return new Fault(ErrorCode.CaptureFailed, $"{file} is no Debian package.", Capture.LastWords(info.Value.Error));
        }

        return null;
    }

    private static Fault Unreadable(string why) => new(ErrorCode.CaptureFailed, "What is installed in the guest could not be read.", $"Its list can not be used: {why}.");

    [GeneratedRegex("^[a-z0-9][a-z0-9+.-]{0,100}(=[A-Za-z0-9.+:~-]{1,100})?$", RegexOptions.CultureInvariant)]
    private static partial Regex PackageName();

    [GeneratedRegex("^VERSION_CODENAME=\"?([a-z]{1,20})\"?$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex CodeName();
}
