namespace Mayfly.VmTests;

/// <summary>Hosts whose QEMU is no good: another program of that name comes first in the search path.</summary>
public sealed class QemuInstallationTests(Micro micro) : SideTest(micro)
{
    [Theory]
    [InlineData("echo QEMU emulator version 6.0.0", ErrorCode.QemuTooOld)]
    [InlineData("echo QEMU emulator version 7.1.90", ErrorCode.QemuTooOld)]
    [InlineData("echo something else", ErrorCode.QemuMissing)]
    [InlineData("exit 1", ErrorCode.QemuMissing)]
    public async Task Engine_WithAnUnfitQemu_StartsAndSaysSo(string script, ErrorCode code)
    {
        var data = MakeData();
        var search = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", $"{ProgramDirectory(data, script)}:{search}");
        try
        {
            await using var engine = await data.StartAsync();

            (await engine.TryForkAsync(Image)).Fault!.Code.ShouldBe(code);
            (await engine.Images.PublishAsync(Image.Name, null, new Progress<StepProgress>(), Token)).Fault!.Code.ShouldBe(code);
            var check = (await engine.Machines.ExamineAsync(Token)).Value.Checks.Single(check => check.Name == "qemu");
            check.Level.ShouldBe("error");
            check.Remedy.ShouldNotBeNullOrWhiteSpace();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", search);
        }
    }

    [Fact]
    public async Task Engine_OnceQemuIsMended_ForksWithoutANewStart()
    {
        var data = MakeData();
        var search = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", $"{ProgramDirectory(data, "echo QEMU emulator version 6.0.0")}:{search}");
        await using var engine = await data.StartAsync();
        Environment.SetEnvironmentVariable("PATH", search);

        (await engine.TryForkAsync(Image)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Engine_OnAHostWithoutPrograms_StartsAndNamesEachThatIsMissing()
    {
        var data = MakeData();

        var said = await OtherProcess.RunWithoutProgramsAsync([Examination.Verb, data.Root, Image.Name, Image.Version], Token);

        Assert.SkipWhen(said is null, "This host lets nobody make a mount namespace, so its programs can not be hidden from a test.");
        said.ShouldBe("QemuMissing QemuMissing qemu qemu-img mmdebstrap");
    }

    private static string ProgramDirectory(SideData data, string script)
    {
        var directory = Directory.CreateDirectory(Path.Combine(data.Root, "bin")).FullName;
        var program = Path.Combine(directory, "qemu-system-x86_64");
        File.WriteAllText(program, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return directory;
    }
}
