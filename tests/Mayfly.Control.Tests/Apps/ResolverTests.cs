using Mayfly.Contracts.Api;
using Mayfly.Control.Apps;
using Mayfly.Engine;

namespace Mayfly.Control.Tests.Apps;

public sealed class ResolverTests
{
    private static readonly HashSet<string> Groups = ["staff", "writers"];

    [Fact]
    public void Resolve_NothingAssigned_IsNothing() => Resolve([App("a", "1")], [Package("a", "1")]).ShouldBeEmpty();

    [Fact]
    public void Resolve_Marker_IsTheVersionItPointsTo() =>
        Resolve([App("a", "2")], [Package("a", "1"), Package("a", "2")], ToPool("a")).ShouldBe(["a 2 Logon"]);

    [Fact]
    public void Resolve_MarkerThatPointsNowhere_IsNothing() => Resolve([App("a", null)], [Package("a", "1")], ToPool("a")).ShouldBeEmpty();

    [Fact]
    public void Resolve_RetiredVersion_IsOutAndTheNextCandidateTakesItsPlace() =>
        Resolve([App("a", "1")], [Package("a", "1"), Package("a", "2", PackageStage.Retired)], ToUser("a", "2"), ToPool("a")).ShouldBe(["a 1 Logon"]);

    [Fact]
    public void Resolve_VersionThatIsGone_IsOut() => Resolve([App("a", "1")], [Package("a", "1")], ToUser("a", "9")).ShouldBeEmpty();

    [Fact]
    public void Resolve_NamedVersionOfAPool_BeatsTheMarkerOfAUser() =>
        Resolve([App("a", "2")], [Package("a", "1"), Package("a", "2")], ToUser("a", null), ToPool("a", "1")).ShouldBe(["a 1 Logon"]);

    [Fact]
    public void Resolve_UserBeatsGroupBeatsPool()
    {
        PackageRow[] packages = [Package("a", "1"), Package("a", "2"), Package("a", "3")];
        Resolve([App("a", null)], packages, ToPool("a", "3"), ToGroup("a", "staff", "2"), ToUser("a", "1")).ShouldBe(["a 1 Logon"]);
        Resolve([App("a", null)], packages, ToPool("a", "3"), ToGroup("a", "staff", "2")).ShouldBe(["a 2 Logon"]);
    }

    [Fact]
    public void Resolve_TwoGroups_TheHigherVersionLetterByLetter() =>
        Resolve([App("a", null)], [Package("a", "10"), Package("a", "9")], ToGroup("a", "staff", "10"), ToGroup("a", "writers", "9")).ShouldBe(["a 9 Logon"]);

    [Fact]
    public void Resolve_TwoGroupsOfOneVersion_TheEarlierDelivery() =>
        Resolve([App("a", null)], [Package("a", "1")], ToGroup("a", "staff", "1", PackageDelivery.Demand), ToGroup("a", "writers", "1")).ShouldBe(["a 1 Logon"]);

    [Fact]
    public void Resolve_OthersAssignments_DoNotCount() =>
        Resolve([App("a", "1")], [Package("a", "1")], new AssignmentRow { Id = "1", App = "a", User = "ben", Delivery = PackageDelivery.Logon }, ToGroup("a", "strangers", null),
            new AssignmentRow { Id = "2", App = "a", Pool = "other", Delivery = PackageDelivery.Logon }).ShouldBeEmpty();

    [Fact]
    public void Resolve_Several_AreInOrderOfPrecedenceThenName() =>
        Resolve([App("c", "1", 10), App("b", "1"), App("a", "1")], [Package("a", "1"), Package("b", "1"), Package("c", "1")], ToPool("a"), ToPool("b"), ToPool("c"))
            .ShouldBe(["c 1 Logon", "a 1 Logon", "b 1 Logon"]);

    [Fact]
    public void Resolve_NobodyYet_CountsThePoolAlone() =>
        AppResolver.Resolve(null, new HashSet<string>(), "p", new AppFacts([App("a", "1"), App("b", "1")], [Package("a", "1"), Package("b", "1")], [ToUser("a", null), ToPool("b")]))
            .Select(app => app.App.Name).ShouldBe(["b"]);

    private static IEnumerable<string> Resolve(AppRow[] apps, PackageRow[] packages, params AssignmentRow[] assignments) =>
        AppResolver.Resolve("ann", Groups, "p", new AppFacts(apps, packages, assignments)).Select(app => $"{app.App.Name} {app.Package.Version} {app.Delivery}");

    private static AppRow App(string name, string? current, int precedence = 500) =>
        new() { Name = name, DisplayName = name, Description = "", Precedence = precedence, Current = current, CreatedAt = default };

    private static PackageRow Package(string app, string version, PackageStage stage = PackageStage.New) => new()
    {
        Id = app + version,
        App = app,
        Version = version,
        Stage = stage,
        CreatedAt = default,
        Manifest = new PackageManifest(app + version, null, default, 1, 1, 1, "", [], []),
    };

    private static AssignmentRow ToUser(string app, string? version) => new() { Id = "u", App = app, Version = version, User = "ann", Delivery = PackageDelivery.Logon };

    private static AssignmentRow ToGroup(string app, string group, string? version, PackageDelivery delivery = PackageDelivery.Logon) =>
        new() { Id = "g" + group, App = app, Version = version, Group = group, Delivery = delivery };

    private static AssignmentRow ToPool(string app, string? version = null) => new() { Id = "p" + app, App = app, Version = version, Pool = "p", Delivery = PackageDelivery.Logon };
}
