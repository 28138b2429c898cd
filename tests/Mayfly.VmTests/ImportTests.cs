using Mayfly.Contracts.Api;

namespace Mayfly.VmTests;

public sealed class ImportTests(Micro micro) : SideTest(micro)
{
    private const int MemoryMib = 160;

    [Fact]
    public async Task Import_DiskWithItsOwnBootLoader_IsPublishedAndForked()
    {
        var data = MakeData(published: false);
        await using var engine = await data.StartAsync();
        var golden = (await engine.Store.FindAsync(Image.Name, Image.Version, Token)).Value;
        var disk = await BootDisk.MakeAsync(golden, data.Root, Token);

        var imported = await engine.Images.ImportAsync(new ImportImageRequest("own", disk, MemoryMib), new Progress<StepProgress>(), Token);
        imported.Fault.ShouldBeNull();
        (await engine.Images.PublishAsync("own", imported.Value.Version, new Progress<StepProgress>(), Token)).Fault.ShouldBeNull();

        var machine = await engine.TryForkAsync(imported.Value);
        machine.Fault.ShouldBeNull();
        (await engine.RunAsync(machine.Value, "hostname")).ShouldBe(machine.Value.Hostname);
    }

    [Fact]
    public async Task Import_OfADiskThatIsNotPublished_IsBooted()
    {
        var data = MakeData(published: false);
        await using var engine = await data.StartAsync();
        var golden = (await engine.Store.FindAsync(Image.Name, Image.Version, Token)).Value;
        var disk = await BootDisk.MakeAsync(golden, data.Root, Token);
        var imported = (await engine.Images.ImportAsync(new ImportImageRequest("own", disk, MemoryMib), new Progress<StepProgress>(), Token)).Value;

        foreach (var kind in (ProvisioningKind[])[ProvisioningKind.Linked, ProvisioningKind.Full])
        {
            var machine = await engine.MakeAsync(imported, kind, keep: true);
            (await engine.Machines.StopAsync(machine.MachineId, TimeSpan.FromSeconds(60))).Fault.ShouldBeNull();
            (await engine.RunAsync(await engine.StartAsync(machine.MachineId), "hostname")).ShouldBe(machine.Hostname);
            await engine.Machines.DestroyAsync(machine.MachineId);
        }
    }
}
