using Mayfly.Contracts.Api;
using Mayfly.Control.Apps;
using Mayfly.Control.Operations;
using Mayfly.Control.Sessions;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Apps;

/// <summary>What tests of applications and volumes have in common.</summary>
public abstract class AppTestBase : HouseTestBase
{
    protected static CreatePoolRequest WithVolume(string name = "p", int spare = 1, int maximum = 4) =>
        new() { Name = name, Image = "micro", Version = "v1", Spare = spare, Maximum = maximum, Volume = VolumeKind.AppsAndProfile, VolumeMib = 256 };

    /// <summary>An application with versions; the last one is current.</summary>
    internal static async Task AddAppAsync(House house, string app, params string[] versions)
    {
        (await house.Get<AppBook>().CreateAsync(new CreateAppRequest(app), "test", default)).Fault.ShouldBeNull();
        foreach (var version in versions) await ImportAsync(house, app, version);
        if (versions.Length > 0) (await house.Get<AppBook>().SetCurrentAsync(app, versions[^1], "test", default)).Fault.ShouldBeNull();
    }

    internal static async Task ImportAsync(House house, string app, string version)
    {
        var begun = (await house.Get<PackageBook>().ImportAsync(app, new ImportPackageRequest(version, "/tmp/a.tar"), "test", default)).Value;
        await Eventually.HoldsAsync(() => Task.FromResult(house.Get<OperationBoard>().Find(begun.Id).Value.State != "running"), "the import has ended");
        house.Get<OperationBoard>().Find(begun.Id).Value.Fault.ShouldBeNull();
    }

    internal static async Task AssignAsync(House house, string app, AssignAppRequest request) =>
        (await house.Get<AssignmentBook>().AddAsync(app, request, "test", default)).Fault.ShouldBeNull();

    internal static Task<string> PackageAsync(House house, string app, string version) => house.ReadAsync(c => c.Packages.Single(p => p.App == app && p.Version == version).Id);

    /// <summary>The session as its row has it, ended or not.</summary>
    internal static Task<SessionRow> RowAsync(House house, string session) => house.ReadAsync(c => c.Sessions.Single(s => s.Id == session));
}
