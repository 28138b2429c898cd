using System.Diagnostics;
using Mayfly.Agent.Cleansing;
using Mayfly.Agent.Native;
using Mayfly.Agent.Preparing;
using Mayfly.Agent.Settling;
using Mayfly.Engine.Guests;

namespace Mayfly.Agent.Tests;

public sealed class IdentityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Make_Twice_SharesNothing()
    {
        var maker = new IdentityMaker(TimeProvider.System);
        var (one, two) = (maker.Make("a", null, null), maker.Make("a", null, null));
        one.Entropy.ShouldNotBe(two.Entropy);
        one.MachineId.ShouldNotBe(two.MachineId);
        one.BootId.ShouldNotBe(two.BootId);
        one.SshHostKeys[0].PublicLine.ShouldNotBe(two.SshHostKeys[0].PublicLine);
        NetworkCard.ParseMac(IdentityMaker.RandomMac())[0].ShouldSatisfyAllConditions(first => (first & 3).ShouldBe(2));
    }

    [Fact]
    public async Task Make_HostKey_IsReadByOpenSsh()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ssh-keygen"), "ssh-keygen is not installed");
        var folder = Directory.CreateTempSubdirectory("mayfly-key-").FullName;
        var key = new IdentityMaker(TimeProvider.System).Make("desk-1", null, null).SshHostKeys[0];
        Directory.CreateDirectory($"{folder}/etc/ssh");
        SshHostKeys.Write(new GuestPaths(folder), [key]);
        File.GetUnixFileMode($"{folder}/etc/ssh/{key.FileName}").ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var fromPrivate = await KeygenAsync("-y", "-f", $"{folder}/etc/ssh/{key.FileName}");
        key.PublicLine.ShouldStartWith(string.Join(' ', fromPrivate.Trim().Split(' ').Take(2)));
        (await KeygenAsync("-lf", $"{folder}/etc/ssh/{key.FileName}.pub")).ShouldContain("ECDSA");
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("ssh_host_ecdsa_key", true)]
    [InlineData("ssh_host_../../x_key", false)]
    [InlineData("/etc/ssh_host_a_key", false)]
    [InlineData("ssh_host__key", false)]
    [InlineData("ssh_host_a_key\n", false)]
    [InlineData(null, false)]
    public void IsKeyName_Name_IsPlainOrRefused(string? name, bool good) => SshHostKeys.IsKeyName(name).ShouldBe(good);

    [Fact]
    public void RewriteHosts_OldName_IsReplacedAndTheRestStays() =>
        HostName.RewriteHosts("127.0.0.1 localhost\n127.0.1.1\told\n127.0.1.10 other\n::1 localhost\n", "new")
            .ShouldBe("127.0.0.1 localhost\n127.0.1.1\tnew\n127.0.1.10 other\n::1 localhost\n");

    [Theory]
    [InlineData("a-host-whose-name-is-long", "short")]
    [InlineData("short", "a-host-whose-name-is-long")]
    [InlineData("same", "name")]
    [InlineData(null, "first")]
    [InlineData("some", "")]
    public void WriteInPlace_OverWhatWasThere_LeavesTheNewTextInTheSameFile(string? before, string after)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("mayfly-file-").FullName, "name");
        if (before is not null)
            File.WriteAllText(path, before);
        using var held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);

        SystemFile.WriteInPlace(path, after);

        SystemFile.Read(path).ShouldBe(after);
        new StreamReader(held).ReadToEnd().ShouldBe(after);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Read_OfAFileThatIsNotThere_IsNull() => SystemFile.Read("/nonexistent/file").ShouldBeNull();

    [Fact]
    public void Read_OfAFileWithoutEnd_StopsAtItsLimit() => SystemFile.Read("/dev/zero")!.Length.ShouldBe(65536);

    [Fact]
    public void BusyPercentSince_HalfIdle_IsFifty() =>
        CpuUse.Parse("cpu  60 0 40 200 0 0 0 0 5 0\ncpu0 1\n").BusyPercentSince(CpuUse.Parse("cpu  10 0 40 150 0 0 0 0 5 0\n")).ShouldBe(50);

    [Fact]
    public void Count_OneOutgoingAmongLoopback_IsOne() => TcpConnections.Count("""
          sl  local_address rem_address   st
           0: 0100007F:0CEA 00000000:0000 0A 0
           1: 0100007F:0CEA 0100007F:8AE2 01 0
           2: 0F02000A:0016 0202000A:A3E4 01 0
        """).ShouldBe(1);

    private static async Task<string> KeygenAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ssh-keygen", arguments) { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        process.ExitCode.ShouldBe(0);
        return text;
    }
}
