namespace Mayfly.VmTests;

public sealed class IsolationTests(Micro micro) : VmTest(micro)
{
    [Fact]
    public async Task Memory_WrittenInOneClone_IsNotSeenInOthers()
    {
        var (writer, reader) = (await ForkAsync(), await ForkAsync());
        var original = await RunAsync(reader, "cat /etc/motd");

        await RunAsync(writer, "echo secret >/run/secret; echo changed >/etc/motd; dd if=/dev/zero of=/run/filler bs=1M count=16");

        (await RunAsync(writer, "cat /run/secret /etc/motd")).ShouldBe("secret\nchanged");
        foreach (var other in new[] { reader, await ForkAsync() })
        {
            (await RunAsync(other, "ls /run")).ShouldNotContain("secret");
            (await RunAsync(other, "cat /etc/motd")).ShouldBe(original);
        }
    }

    [Fact]
    public async Task Disk_WrittenInOneClone_IsNotSeenInOthers()
    {
        const string WrittenPlaces = "echo 3 >/proc/sys/vm/drop_caches; ls /data; dd if=/dev/vda bs=512 skip=131071 2>/dev/null | md5sum";
        var (writer, reader) = (await ForkAsync(), await ForkAsync());
        var original = await RunAsync(reader, WrittenPlaces);

        await RunAsync(writer, "echo secret >/data/secret; head -c 512 /dev/urandom | dd of=/dev/vda bs=512 seek=131071; sync");

        var changed = (await RunAsync(writer, WrittenPlaces)).Split('\n');
        changed.ShouldContain("secret");
        changed[^1].ShouldNotBe(original.Split('\n')[^1]);
        (await RunAsync(reader, WrittenPlaces)).ShouldBe(original);
        (await RunAsync(await ForkAsync(), WrittenPlaces)).ShouldBe(original);
    }

    [Fact]
    public async Task WarmImage_AfterTwentyClonesHaveWritten_IsByteForByteTheSame()
    {
        var before = Hashes();

        var clones = await ForkManyAsync(20);
        await Task.WhenAll(clones.Select(clone => RunAsync(clone, "head -c 4M /dev/urandom >/run/noise; cp /run/noise /data/noise; sync; echo 3 >/proc/sys/vm/drop_caches")));

        Hashes().ShouldBe(before);
        await Engine.EmptyAsync();
        Hashes().ShouldBe(before);
    }

    [Fact]
    public async Task SharedMemory_ForOneWhoBreaksOut_CanNotBeChanged()
    {
        var clone = await ForkAsync();
        var before = Hashes();

        using (var memory = GuestMemoryFile.Of(clone.ProcessId))
        {
            memory.IsOpen.ShouldBeTrue();
            memory.RefusesWriting.ShouldBeTrue();
            memory.RefusesHoles.ShouldBeTrue();
            memory.RefusesAnotherLength.ShouldBeTrue();
            memory.RefusesSharedMapping.ShouldBeTrue();
        }

        Hashes().ShouldBe(before);
        (await RunAsync(clone, "echo alive")).ShouldBe("alive");
    }

    /// <summary>Hashes of all that clones share: the warm image's files, the golden image's, and the sealed memory.</summary>
    private Dictionary<string, string> Hashes()
    {
        var warm = Engine.Runtime.WarmImages.Loaded(Image)!;
        var hashes = Directory.GetFiles(warm.Files.Directory).Concat(Directory.GetFiles(warm.Golden.Directory)).ToDictionary(path => path, HashOf);
        hashes.Count.ShouldBeGreaterThan(6);
        hashes["sealed memory"] = GuestMemoryFile.Hash(warm.Memory);
        return hashes;
    }

    private static string HashOf(string path)
    {
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite);
        return GuestMemoryFile.Hash(file);
    }
}
