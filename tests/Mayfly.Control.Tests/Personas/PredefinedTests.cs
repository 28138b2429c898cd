using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Environments;
using Mayfly.Control.Groups;
using Mayfly.Control.Personas;

namespace Mayfly.Control.Tests.Personas;

/// <summary>Settings that users begin with, and those they get in any case.</summary>
public sealed class PredefinedTests : PersonaTestBase
{
    private static CreatePoolRequest Pool(string name) => new() { Name = name, Image = "micro", Version = "v1", Spare = 1, Maximum = 4, Persona = true };

    [Fact]
    public async Task Open_WithoutSettingsOfOnesOwn_BeginsWithWhatIsPredefinedAndKeepsOnesOwnFromThenOn()
    {
        await using var house = await FurnishedAsync();
        await PredefineAsync(house, new PredefineRequest("git", "model"));

        var first = await house.OpenAsync("ann");
        Home(first).ShouldBe(["git: house's"]);
        first.Persona!.Parts.Single(part => part.Config == "git").ShouldSatisfyAllConditions(part => part.Predefined.ShouldBeTrue(), part => part.From.ShouldBeNull());
        Has(first, ("git", "ann's", 100));
        await house.LogOffAsync(first);

        var second = await house.OpenAsync("ann");
        Home(second).ShouldBe(["git: ann's"]);
        second.Persona!.Parts.Single(part => part.Config == "git").Predefined.ShouldBeFalse();
        Home(await house.OpenAsync("ben")).ShouldBe(["git: house's"]);
    }

    [Fact]
    public async Task Open_WithEnforcedSettings_HasThemOverOnesOwn()
    {
        await using var house = await FurnishedAsync();
        await UseAsync(house, "ann", ("git", "ann's", 100));
        await PredefineAsync(house, new PredefineRequest("git", "model", Enforced: true));

        Home(await house.OpenAsync("ann")).ShouldBe(["git: ann's, then house's"]);
    }

    [Fact]
    public async Task Open_SeveralThatFit_GetsWhatIsForTheFewest()
    {
        await using var house = await FurnishedAsync();
        foreach (var (content, group, pool) in new[] { ("all", null, null), ("pool", null, "p"), ("group", "staff", null), ("both", "staff", "q") })
        {
            await UseAsync(house, "model", ("git", content, 100));
            await PredefineAsync(house, new PredefineRequest("git", "model", Group: group, Pool: pool));
        }

        Home(await house.OpenAsync("ann")).ShouldBe(["git: group"]);
        Home(await house.OpenAsync("ann", "q")).ShouldBe(["git: both"]);
        Home(await house.OpenAsync("ben")).ShouldBe(["git: pool"]);
        Home(await house.OpenAsync("ben", "q")).ShouldBe(["git: all"]);
    }

    [Fact]
    public async Task Open_WhereAnEnvironmentIsMet_GetsWhatIsForThatBeforeWhatIsForAll()
    {
        await using var house = await FurnishedAsync();
        (await house.Get<EnvironmentBook>().SetAsync("office", "displayName: Office\nwhen: { pool: q }\nenabled: false", "test", default)).Fault.ShouldBeNull();
        await PredefineAsync(house, new PredefineRequest("git", "model"));
        await UseAsync(house, "model", ("git", "office's", 100));
        await PredefineAsync(house, new PredefineRequest("git", "model", Environment: "office"));

        Home(await house.OpenAsync("ann")).ShouldBe(["git: house's"]);
        Home(await house.OpenAsync("ann", "q")).ShouldBe(["git: office's"]);
        (await house.Get<EnvironmentBook>().RemoveAsync("office", "test", default)).Fault.ShouldBeNull();
        Home(await house.OpenAsync("ben", "q")).ShouldBe(["git: house's"]);
        (await house.Get<PredefinedBook>().AddAsync(new PredefineRequest("git", "model", Environment: "office"), "test", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Add_ForTheSameScopeAndRemove_LeavesNoFileAndOutlivesItsSource()
    {
        await using (var house = await FurnishedAsync())
        {
            await PredefineAsync(house, new PredefineRequest("git", "model"));
            await UseAsync(house, "model", ("git", "newer", 100));
            await PredefineAsync(house, new PredefineRequest("git", "model"));
            (await house.Get<PersonaDesk>().RemoveAsync("model", "test", default)).Fault.ShouldBeNull();
            Personas.Contents.Values.ShouldBe(["newer"]);
        }

        await using var again = await StartAsync();
        Home(await again.OpenAsync("ann")).ShouldBe(["git: newer"]);
        var only = (await again.Get<PredefinedBook>().ListAsync(default)).Single();
        (await again.Get<PredefinedBook>().RemoveAsync(only.Id, "test", default)).Fault.ShouldBeNull();
        (await again.Get<PredefinedBook>().RemoveAsync(only.Id, "test", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        Personas.Contents.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("git", "ann", null, null)]
    [InlineData("none", "model", null, null)]
    [InlineData("git", "model", "nobodies", null)]
    [InlineData("git", "model", null, "nowhere")]
    public async Task Add_OfWhatIsNotThere_IsRefused(string config, string user, string? group, string? pool)
    {
        await using var house = await FurnishedAsync();
        (await house.Get<PredefinedBook>().AddAsync(new PredefineRequest(config, user, Group: group, Pool: pool), "test", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    /// <summary>Two pools, a group with ann in it, and "model", whose settings are to be those of the house.</summary>
    private async Task<House> FurnishedAsync()
    {
        var house = await StartAsync();
        await house.AddPoolAsync(Pool("p"), "ann", "ben", "model");
        await house.AddPoolAsync(Pool("q"), "ann", "ben");
        (await house.Get<GroupBook>().AddAsync(new AddGroupRequest("staff"), "test", default)).Fault.ShouldBeNull();
        (await house.Get<GroupBook>().AddMemberAsync("staff", "ann", "test", default)).Fault.ShouldBeNull();
        await UseAsync(house, "model", ("git", "house's", 100));
        return house;
    }

    private static async Task PredefineAsync(House house, PredefineRequest request) => (await house.Get<PredefinedBook>().AddAsync(request, "test", default)).Fault.ShouldBeNull();
}
