using System.Diagnostics;
using System.Formats.Tar;
using Mayfly.Agent.Packing;

namespace Mayfly.Agent.Tests;

/// <summary>The agent as the program that packs, into a file in place of a disk.</summary>
public sealed class PackTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mayfly-pack-").FullName;

    private string Volume => Path.Combine(_folder, "volume");

    private string Disk => Path.Combine(_folder, "disk");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Pack_Tree_IsAnArchiveOfAllThatWasChanged()
    {
        Shell(
            "mkdir -p usr/bin opt/app usr.work home && printf hello >usr/bin/hello && chmod 4755 usr/bin/hello && ln usr/bin/hello usr/bin/again && ln -s ../bin/hello usr/link"
            + " && touch -d @1700000000 usr/bin/hello && printf x >usr.work/not && printf x >home/not && mkfifo opt/app/pipe");

        var (status, entries) = Pack();

        status.ShouldBe(0);
        entries.Select(entry => (entry.Name, entry.EntryType)).ShouldBe(
        [
            ("usr", TarEntryType.Directory), ("usr/bin", TarEntryType.Directory), ("usr/bin/again", TarEntryType.RegularFile), ("usr/bin/hello", TarEntryType.HardLink),
            ("usr/link", TarEntryType.SymbolicLink), ("opt", TarEntryType.Directory), ("opt/app", TarEntryType.Directory), ("opt/app/pipe", TarEntryType.Fifo),
        ]);
        var file = entries.Single(entry => entry.Name == "usr/bin/again");
        new StreamReader(file.DataStream!).ReadToEnd().ShouldBe("hello");
        file.Mode.ShouldBe((UnixFileMode)0b100_111_101_101);
        file.ModificationTime.ToUnixTimeSeconds().ShouldBe(1_700_000_000);
        entries.Single(entry => entry.Name == "usr/bin/hello").LinkName.ShouldBe("usr/bin/again");
        entries.Single(entry => entry.Name == "usr/link").LinkName.ShouldBe("../bin/hello");
    }

    [Fact]
    public void Pack_OverlayMarks_AreKept()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Whiteouts and the attributes of an overlay can only be made by root.");
        Shell("mkdir -p usr/opaque usr/plain && mknod usr/gone c 0 0 && mknod usr/odd c 5 300 && touch usr/capable");
        Attribute("usr/opaque", "trusted.overlay.opaque", "y");
        Attribute("usr/plain", "trusted.overlay.origin", "x");
        Attribute("usr/capable", "security.capability", "0x0100000200200000000000000000000000000000");

        var entries = Pack().Entries.ToDictionary(entry => entry.Name);

        entries["usr/opaque"].ExtendedAttributes["SCHILY.xattr.trusted.overlay.opaque"].ShouldBe("y");
        entries["usr/plain"].ExtendedAttributes.Keys.ShouldNotContain(key => key.Contains("xattr", StringComparison.Ordinal));
        (entries["usr/gone"].EntryType, entries["usr/gone"].DeviceMajor, entries["usr/gone"].DeviceMinor).ShouldBe((TarEntryType.CharacterDevice, 0, 0));
        entries["usr/odd"].DeviceMajor.ShouldBe(5);
        Convert.FromBase64String(entries["usr/capable"].ExtendedAttributes["LIBARCHIVE.xattr.security.capability"]).Length.ShouldBe(20);
    }

    [Fact]
    public void Pack_FolderThatWasRenamedWithoutACopy_Fails()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Attributes of an overlay can only be made by root.");
        Shell("mkdir -p usr/moved");
        Attribute("usr/moved", "trusted.overlay.redirect", "/usr/before");

        Pack().Status.ShouldBe(1);
    }

    [Fact]
    public void Pack_NoDisk_Fails()
    {
        Shell("mkdir -p usr");
        PackProgram.Run(Volume, Path.Combine(_folder, "missing")).ShouldBe(1);
    }

    private (int Status, List<PaxTarEntry> Entries) Pack()
    {
        File.WriteAllBytes(Disk, new byte[1 << 20]);
        var status = PackProgram.Run(Volume, Disk);
        var entries = new List<PaxTarEntry>();
        using var reader = new TarReader(File.OpenRead(Disk));
        while (status == 0 && reader.GetNextEntry(copyData: true) is { } entry)
            entries.Add((PaxTarEntry)entry);
        return (status, entries);
    }

    private void Attribute(string name, string key, string value) => Shell($"setfattr -n {key} -v {value} {name}");

    private void Shell(string script)
    {
        Directory.CreateDirectory(Volume);
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = Volume })!;
        shell.WaitForExit();
        shell.ExitCode.ShouldBe(0);
    }
}
