using System.Text.Json.Nodes;

namespace Mayfly.VmTests;

/// <summary>Warm images that must not be used. The names of the damages are those of <see cref="Damages"/>.</summary>
public sealed class WarmImageTests(Micro micro) : SideTest(micro)
{
    private static readonly Dictionary<string, Action<SideData>> Damages = new()
    {
        ["a bit of the memory flipped"] = data => FlipBit(data.OwnCopy("memory")),
        ["the memory cut short"] = data => Truncate(data.OwnCopy("memory")),
        ["the memory gone"] = data => File.Delete(Path.Combine(data.Warm, "memory")),
        ["a bit of the device state flipped"] = data => FlipBit(data.OwnCopy("state")),
        ["the device state cut short"] = data => Truncate(data.OwnCopy("state")),
        ["the device state gone"] = data => File.Delete(Path.Combine(data.Warm, "state")),
        ["a bit of the frozen disk flipped"] = data => FlipBit(data.OwnCopy("frozen.qcow2")),
        ["a bit of the empty overlay flipped"] = data => FlipBit(data.OwnCopy("empty.qcow2")),
        ["the empty overlay gone"] = data => File.Delete(Path.Combine(data.Warm, "empty.qcow2")),
        ["the golden disk changed"] = data => FlipBit(data.OwnGoldenCopy("disk.raw")),
        ["garbage for a manifest"] = data => File.WriteAllText(data.OwnCopy("warm.json"), "{]"),
        ["an empty manifest"] = data => File.WriteAllText(data.OwnCopy("warm.json"), ""),
        ["null for a manifest"] = data => File.WriteAllText(data.OwnCopy("warm.json"), "null"),
        ["a huge manifest"] = data => File.WriteAllText(data.OwnCopy("warm.json"), new string(' ', 1 << 20)),
        ["no shape"] = data => Change(data, manifest => manifest["shape"] = null),
        ["no hash"] = data => Change(data, manifest => manifest["memory"]!["sha256"] = null),
        ["an impossible size"] = data => Change(data, manifest => manifest["shape"]!["memoryMib"] = -1),
        ["another size"] = data => Change(data, manifest => manifest["shape"]!["memoryMib"] = 97),
        ["another layout"] = data => Change(data, manifest => manifest["format"] = 999),
        ["a later QEMU"] = data => Change(data, manifest => manifest["qemuVersion"] = "99.1.0"),
        ["no QEMU version"] = data => Change(data, manifest => manifest["qemuVersion"] = "new"),
        ["another accelerator"] = data => Change(data, manifest => manifest["shape"]!["accelerator"] = "hvf"),
    };

    public static TheoryData<string> Corrupting => [.. Damages.Keys.Except(Estranging)];

    public static string[] Estranging => ["another layout", "a later QEMU", "no QEMU version", "another accelerator"];

    public static TheoryData<string> Foreign => [.. Estranging];

    [Theory]
    [MemberData(nameof(Corrupting))]
    public Task Fork_OfADamagedImage_IsRefusedBeforeAnythingStarts(string damage) => RefusesAsync(damage, ErrorCode.WarmImageCorrupt);

    [Theory]
    [MemberData(nameof(Foreign))]
    public Task Fork_OfAForeignImage_IsRefusedBeforeAnythingStarts(string damage) => RefusesAsync(damage, ErrorCode.WarmImageForeign);

    [Theory]
    [InlineData("a bit of the memory flipped")]
    [InlineData("another layout")]
    public async Task Publish_OfWhatCanNotBeUsed_RepairsIt(string damage)
    {
        var data = MakeData();
        Damages[damage](data);
        await using var engine = await data.StartAsync();

        (await engine.Images.PublishAsync(Image.Name, Image.Version, new Progress<StepProgress>(), Token)).Fault.ShouldBeNull();

        var clone = (await engine.TryForkAsync(Image)).Value;
        (await engine.RunAsync(clone, "hostname")).ShouldBe(clone.Hostname);
    }

    [Fact]
    public async Task Fork_OfAnImageThatIsNotPublished_IsRefused()
    {
        await using var engine = await MakeData(published: false).StartAsync();

        (await engine.TryForkAsync(Image)).Fault!.Code.ShouldBe(ErrorCode.ImageNotPublished);
        (await engine.TryForkAsync(new ImageVersion("nothing", Image.Version))).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Unpublish_WhileMachinesRun_IsRefused()
    {
        var clone = await ForkAsync();

        (await Engine.Images.UnpublishAsync(Image, Token)).Fault!.Code.ShouldBe(ErrorCode.ImageInUse);

        (await RunAsync(clone, "echo alive")).ShouldBe("alive");
        (await RunAsync(await ForkAsync(), "echo alive")).ShouldBe("alive");
    }

    [Fact]
    public async Task Unpublish_OfAnImageNobodyUses_FreesItsMemoryAndFiles()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync();
        var before = OwnDescriptors.Now();
        await engine.Machines.DestroyAsync((await engine.TryForkAsync(Image)).Value.MachineId);
        OwnDescriptors.Now().Memories.ShouldBe(before.Memories + 1);

        (await engine.Images.UnpublishAsync(Image, Token)).Fault.ShouldBeNull();

        OwnDescriptors.Now().Memories.ShouldBe(before.Memories);
        Directory.Exists(data.Warm).ShouldBeFalse();
        (await engine.TryForkAsync(Image)).Fault!.Code.ShouldBe(ErrorCode.ImageNotPublished);
        (await engine.Images.UnpublishAsync(Image, Token)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    private async Task RefusesAsync(string damage, ErrorCode code)
    {
        var data = MakeData();
        Damages[damage](data);
        await using var engine = await data.StartAsync();
        var written = Directory.GetLastWriteTimeUtc(data.Machines);

        var fault = (await engine.TryForkAsync(Image)).Fault;

        fault!.Code.ShouldBe(code, fault.ToString());
        fault.Why.ShouldNotBeNullOrWhiteSpace();
        fault.Remedy.ShouldNotBeNullOrWhiteSpace();
        engine.Machines.Machines.ShouldBeEmpty();
        NothingWasStarted(data, written);
    }

    private static void FlipBit(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        var buffer = new byte[1];
        var middle = RandomAccess.GetLength(file) / 2;
        RandomAccess.Read(file, buffer, middle).ShouldBe(1);
        buffer[0] ^= 1;
        RandomAccess.Write(file, buffer, middle);
    }

    private static void Truncate(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.SetLength(file, RandomAccess.GetLength(file) - 1);
    }

    private static void Change(SideData data, Action<JsonNode> change)
    {
        var path = data.OwnCopy("warm.json");
        var manifest = JsonNode.Parse(File.ReadAllText(path))!;
        change(manifest);
        File.WriteAllText(path, manifest.ToJsonString());
    }
}
