using Mayfly.Contracts.Api;

namespace Mayfly.Control.Tests.Pools;

/// <summary>What is seen of a pool.</summary>
public sealed class PoolViewTests : HouseTestBase
{
    [Fact]
    public async Task Find_PoolWithSettings_TellsEachAsItWasSet()
    {
        await using var house = await StartAsync();
        var request = new CreatePoolRequest
        {
            Name = "p",
            Image = "micro",
            Version = "v1",
            DisplayName = "Desk",
            Sizing = PoolSizing.UpFront,
            Maximum = 3,
            Minimum = 1,
            Spare = 2,
            PostSync = ["/bin/true"],
            PostSyncTimeoutSeconds = 3,
            PowerOff = ["/bin/true"],
            PowerOffTimeoutSeconds = 4,
            StopOnError = true,
            Attempts = 2,
            ErrorThresholdPercent = 40,
            KeepVersions = 2,
            StartOnConnect = true,
            DisconnectIdleMinutes = 5,
            LogOffDisconnectedMinutes = 6,
            UsersMayReset = true,
            Clipboard = ClipboardRule.Off,
            Volume = VolumeKind.Apps,
            VolumeMib = 128,
            VolumeSnapshots = 1,
            Persona = true,
            OnAttachFailure = AttachFailureRule.Refuse,
            RefreshDays = 8,
            RefreshDiskMib = 32,
            ProvisioningEnabled = false,
        };
        (await house.Pools.CreateAsync(request, "test", default)).Fault.ShouldBeNull();
        var (view, plain) = (await house.PoolAsync(), new PoolSettings());
        foreach (var setting in typeof(PoolSettings).GetProperties().Where(property => property.CanWrite))
        {
            setting.GetValue(view).ShouldBe(setting.GetValue(request), setting.Name);
            // One that is left as it is by nature proves nothing: only these may be.
            if (setting.Name is nameof(PoolSettings.Schedule) or nameof(PoolSettings.Hours) or nameof(PoolSettings.Refresh)) continue;
            setting.GetValue(view).ShouldNotBe(setting.GetValue(plain), setting.Name);
        }
    }
}
