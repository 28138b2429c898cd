using System.Diagnostics;
using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Engine.Hosts;
using Mayfly.Engine.Images;
using Mayfly.Engine.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayfly.Images.Tests;

/// <summary>With files made by the real qemu-img.</summary>
public sealed class ImageImporterTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly ImageStore _store;
    private readonly ImageImporter _importer;

    public ImageImporterTests()
    {
        var data = new DataDirectory(_directory.PathOf("data"));
        _store = new ImageStore(data, NullLogger<ImageStore>.Instance);
        _importer = new ImageImporter(data, _store, new ToolRunner(), TimeProvider.System);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Import_PlainQcow2_BecomesAVersionThatBootsItself()
    {
        var path = Create("plain.qcow2", "-f", "qcow2");
        var steps = new StepRecorder();

        var image = (await ImportAsync(path, steps)).Value;

        image.Manifest.Boot.ShouldBeNull();
        image.Manifest.Source.ShouldBe("import");
        image.Manifest.Disk.Format.ShouldBe("qcow2");
        image.Manifest.Disk.VirtualBytes.ShouldBe(64L << 20);
        image.Manifest.Hardware.MemoryMib.ShouldBe(768);
        image.Id.Version.ShouldBe(image.Manifest.Disk.Sha256[..12]);
        (await File.ReadAllBytesAsync(image.PathOf(image.Manifest.Disk.File), TestContext.Current.CancellationToken)).ShouldBe(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        (await FileHash.Sha256Async(path, TestContext.Current.CancellationToken)).ShouldBe(image.Manifest.Disk.Sha256);
        steps.Steps.ShouldContain(step => step.Step == "Copying the disk");
    }

    [Fact]
    public async Task Import_Twice_GivesTheSameVersion()
    {
        var path = Create("plain.qcow2", "-f", "qcow2");

        var first = (await ImportAsync(path)).Value;

        (await ImportAsync(path)).Value.Id.ShouldBe(first.Id);
        (await _store.ListAsync(TestContext.Current.CancellationToken)).Images.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Import_NameSaysOtherwise_GoesByContent() => (await ImportAsync(Create("disk.img", "-f", "qcow2"))).Fault.ShouldBeNull();

    [Fact]
    public async Task Import_BackingFile_IsRefusedThoughItExists()
    {
        var path = _directory.PathOf("overlay.qcow2");
        QemuImg("create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", Create("base.qcow2", "-f", "qcow2"), path);

        await ShouldRefuseAsync(path, ErrorCode.ImageHasExternalReference);
    }

    [Fact]
    public async Task Import_BackingFileHidden_IsRefusedBeforeQemuOpensIt()
    {
        // A backing file that would stop whoever opens it: a pipe nobody writes to.
        Run("mkfifo", _directory.PathOf("pipe"));
        var path = _directory.PathOf("overlay.qcow2");
        QemuImg("create", "-q", "-u", "-f", "qcow2", "-F", "raw", "-b", _directory.PathOf("pipe"), path, "64M");

        await ShouldRefuseAsync(path, ErrorCode.ImageHasExternalReference);
    }

    [Fact]
    public async Task Import_DataFile_IsRefused()
    {
        var path = Create("split.qcow2", "-f", "qcow2", "-o", $"data_file={_directory.PathOf("data.raw")}");

        await ShouldRefuseAsync(path, ErrorCode.ImageHasExternalReference);
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("vmdk")]
    [InlineData("qcow")]
    public async Task Import_OtherFormatRenamed_IsRefused(string format) =>
        await ShouldRefuseAsync(Create("disk.qcow2", "-f", format), ErrorCode.ImageFormatUnsupported);

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(104)]
    [InlineData(100_000)]
    public async Task Import_Truncated_IsRefused(int bytes)
    {
        var path = Create("cut.qcow2", "-f", "qcow2");
        await using (var file = File.OpenWrite(path))
            file.SetLength(bytes);

        await ShouldRefuseAsync(path, ErrorCode.ImageFormatUnsupported);
    }

    [Fact]
    public async Task Import_RefcountsDestroyed_IsRefused()
    {
        var path = Create("broken.qcow2", "-f", "qcow2");
        await using (var file = File.OpenWrite(path))
        {
            // The first refcount block, right after the refcount table.
            file.Position = 2 << 16;
            file.Write(new byte[1 << 16]);
        }

        await ShouldRefuseAsync(path, ErrorCode.ImageFormatUnsupported);
    }

    [Theory]
    [InlineData(7, 9)] // version
    [InlineData(23, 3)] // cluster size
    [InlineData(35, 2)] // encryption
    [InlineData(24, 0x7f)] // virtual size
    [InlineData(79, 2)] // marked corrupt
    [InlineData(72, 0x80)] // unknown feature
    public async Task Import_HeaderFieldAbsurd_IsRefused(int offset, byte value)
    {
        var path = Create("odd.qcow2", "-f", "qcow2");
        await using (var file = File.OpenWrite(path))
        {
            file.Position = offset;
            file.WriteByte(value);
        }

        await ShouldRefuseAsync(path, ErrorCode.ImageFormatUnsupported);
    }

    [Fact]
    public async Task Import_NotAFile_IsRefused()
    {
        Run("mkfifo", _directory.PathOf("pipe"));

        await ShouldRefuseAsync(_directory.PathOf("missing.qcow2"), ErrorCode.NotFound);
        await ShouldRefuseAsync(_directory.Root, ErrorCode.ImageFormatUnsupported);
        await ShouldRefuseAsync(_directory.PathOf("pipe"), ErrorCode.ImageFormatUnsupported);
        await ShouldRefuseAsync("/dev/zero", ErrorCode.ImageFormatUnsupported);
        await ShouldRefuseAsync("relative.qcow2", ErrorCode.InvalidRequest);
    }

    [Theory]
    [InlineData("../evil", 768, 1)]
    [InlineData("Desk", 768, 1)]
    [InlineData("desk", 1, 1)]
    [InlineData("desk", 768, 0)]
    public async Task Import_BadRequest_IsRefused(string name, int memoryMib, int cpus)
    {
        var request = new ImportImageRequest(name, Create("plain.qcow2", "-f", "qcow2"), memoryMib, cpus);

        var fault = (await _importer.ImportAsync(request, new StepRecorder(), TestContext.Current.CancellationToken)).Fault;

        fault!.Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    private async Task ShouldRefuseAsync(string path, ErrorCode code)
    {
        var fault = (await ImportAsync(path)).Fault;

        fault.ShouldNotBeNull().Code.ShouldBe(code, fault.ToString());
        var images = _directory.PathOf("data", "images", "desk");
        if (Directory.Exists(images))
            Directory.GetFileSystemEntries(images).ShouldBeEmpty();
    }

    private Task<Outcome<GoldenImage>> ImportAsync(string path, StepRecorder? steps = null) => _importer.ImportAsync(
        new ImportImageRequest("desk", path, 768), steps ?? new StepRecorder(), TestContext.Current.CancellationToken);

    private string Create(string name, params string[] options)
    {
        var path = _directory.PathOf(name);
        QemuImg(["create", "-q", .. options, path, "64M"]);
        return path;
    }

    private static void QemuImg(params string[] arguments) => Run("qemu-img", arguments);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
    }
}
