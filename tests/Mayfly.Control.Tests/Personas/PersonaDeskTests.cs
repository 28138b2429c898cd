using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Personas;

namespace Mayfly.Control.Tests.Personas;

/// <summary>Going back to what settings were, and to what the image says.</summary>
public sealed class PersonaDeskTests : PersonaTestBase
{
    private static readonly CreatePoolRequest Pool = new() { Name = "p", Image = "micro", Version = "v1", Spare = 2, Maximum = 6, Persona = true };

    [Fact]
    public async Task List_UsersWithSettings_TellsSizesHeldOnesAndTheMachine()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Pool, "ann", "ben", "cal");
        await UseAsync(house, "ann", ("git", "1", 100), ("documents", "all", 1 << 20));
        await UseAsync(house, "ann", ("git", "2", 120), ("documents", "few", 1000));
        await UseAsync(house, "ben", ("git", "b", 50));
        var open = await house.OpenAsync("ben");

        var first = await Book(house).ListAsync(null, null, 1, default);
        first.Total.ShouldBe(2);
        var ann = first.Items.Single();
        (ann.User, ann.Parts, ann.Bytes, ann.Held, ann.Machine).ShouldBe(("ann", 2, (1 << 20) + 120L, 1, null));
        ann.SavedAt.ShouldNotBeNull();
        var second = await Book(house).ListAsync(null, first.Next, 1, default);
        (second.Items.Single().User, second.Items.Single().Machine, second.Next).ShouldBe(("ben", open.Machine, null));
        (await Book(house).ListAsync("BE", null, 10, default)).Items.Single().User.ShouldBe("ben");
        (await Book(house).FindAsync("cal", default)).Value!.Parts.ShouldBeEmpty();
        (await Book(house).FindAsync("nobody", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        var parts = (await Book(house).FindAsync("ann", default)).Value!.Parts;
        parts.Select(part => part.DisplayName).ShouldBe(["Documents", "Git"]);
        parts[0].Versions.Select(version => version.State).ShouldBe([PersonaArchiveState.Held, PersonaArchiveState.Current], ignoreOrder: true);
    }

    [Fact]
    public async Task Restore_EarlierVersion_IsWhatTheNextDesktopGetsAndTheOtherStays()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Pool, "ann");
        await UseAsync(house, "ann", ("git", "old", 100), ("shell", "mine", 100));
        Time.Jump(TimeSpan.FromDays(1));
        await UseAsync(house, "ann", ("git", "new", 100), ("shell", "mine", 100));
        var old = (await PartAsync(house, "git")).Versions.Single(version => version.State == PersonaArchiveState.Earlier);

        var restored = await Desk(house).RestoreAsync("ann", "git", old.Id, "helper", default);

        restored.Value!.Parts[0].Versions.Select(version => version.State).ShouldBe([PersonaArchiveState.Earlier, PersonaArchiveState.Current]);
        Home(await house.OpenAsync("ann")).ShouldBe(["git: old", "shell: mine"]);
        (await house.EventKindsAsync()).ShouldContain(EventKinds.PersonaRestored);
        (await Desk(house).RestoreAsync("ann", "shell", old.Id, "helper", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task RestoreAndReset_WhileADesktopIsOpen_AreNotSavedOverFromIt()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Pool, "ann");
        await UseAsync(house, "ann", ("git", "old", 100), ("shell", "s1", 100), ("ssh", "k1", 100));
        Time.Jump(TimeSpan.FromDays(1));
        await UseAsync(house, "ann", ("git", "new", 100), ("shell", "s1", 100), ("ssh", "k1", 100));
        var session = await house.OpenAsync("ann");
        var old = (await PartAsync(house, "git")).Versions.Single(version => version.State == PersonaArchiveState.Earlier);
        (await Desk(house).RestoreAsync("ann", "git", old.Id, "ann", default)).Fault.ShouldBeNull();
        (await Desk(house).ResetAsync("ann", "shell", "ann", default)).Fault.ShouldBeNull();
        Has(session, ("git", "newest", 100), ("shell", "s2", 100), ("ssh", "k2", 100));
        await house.LogOffAsync(session);

        Home(await house.OpenAsync("ann")).ShouldBe(["git: old", "ssh: k2"]);
        // What was reset can be had back.
        var shell = (await PartAsync(house, "shell")).Versions.Single();
        shell.State.ShouldBe(PersonaArchiveState.Earlier);
        (await Desk(house).RestoreAsync("ann", "shell", shell.Id, "ann", default)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Restore_WhileTheSettingsAreBeingSaved_IsRefused()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Pool, "ann");
        await UseAsync(house, "ann", ("git", "1", 100));
        var version = (await PartAsync(house, "git")).Versions.Single().Id;
        var session = await house.OpenAsync("ann");
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        Personas.OnWork = async (what, _) =>
        {
            begun.TrySetResult();
            await go.Task;
            return null;
        };
        var logOff = house.LogOffAsync(session);
        await begun.Task;

        (await Desk(house).RestoreAsync("ann", "git", version, "ann", default)).Fault!.Code.ShouldBe(ErrorCode.Busy);
        (await Desk(house).RemoveAsync("ann", "ann", default)).Fault!.Code.ShouldBe(ErrorCode.Busy);

        go.SetResult();
        await logOff;
    }

    [Fact]
    public async Task Remove_AllOfAUser_LeavesNoFileAndTheOpenDesktopBringsNoneBack()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Pool, "ann", "ben");
        await UseAsync(house, "ann", ("git", "1", 100));
        await UseAsync(house, "ben", ("git", "b", 100));
        var session = await house.OpenAsync("ann");
        Has(session, ("git", "2", 100));

        (await Desk(house).RemoveAsync("ann", "helper", default)).Value!.Parts.ShouldBeEmpty();
        await house.LogOffAsync(session);

        Personas.Contents.Values.ShouldBe(["b"]);
    }

    [Fact]
    public async Task FlexConfigs_ThatComeWithMayfly_AreWholeAndNameNothingTwice()
    {
        await using var house = await StartAsync();
        var configs = await Configs(house).ReadAsync(default);
        configs.Count.ShouldBe((await Configs(house).ListAsync(default)).Count);
        configs.Select(config => config.Name).ShouldBe(
        [
            "dconf", "desktop", "documents", "editor", "file-manager", "firefox", "git", "image-viewer", "keyboard", "mouse", "panel", "shell", "shortcuts", "ssh", "terminal", "theme", "windows",
        ]);
        // What belongs to two would be saved twice, and loaded from the one that is older.
        configs.SelectMany(config => config.Include).ShouldBeUnique();
        configs.SelectMany(config => config.Xfconf).ShouldBeUnique();
        configs.SelectMany(config => config.Dconf).ShouldBeUnique();
        configs.Single(config => config.Name == "dconf").ToFiles(configs).Dconf.ShouldBe(["/", "!/org/xfce/mousepad/"]);
        configs.Single(config => config.Name == "editor").ToFiles(configs).Dconf.ShouldBe(["/org/xfce/mousepad/"]);
    }

    [Fact]
    public async Task FlexConfigs_OfTheHouse_CountFromTheNextDesktopOn()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Pool, "ann");
        (await Configs(house).SetAsync("inkscape", "displayName: Inkscape\ninclude: [.config/inkscape]\n", "test", default)).Value!.Origin.ShouldBe(FlexConfigOrigin.Own);
        (await Configs(house).SetAsync("git", "displayName: Git\ninclude: [.gitconfig]\nenabled: false\n", "test", default)).Value!.Origin.ShouldBe(FlexConfigOrigin.Changed);

        await UseAsync(house, "ann", ("git", "g", 100), ("inkscape", "i", 100));

        Home(await house.OpenAsync("ann")).ShouldBe(["inkscape: i"]);
        (await Configs(house).RemoveAsync("git", "test", default)).Fault.ShouldBeNull();
        (await Configs(house).RemoveAsync("git", "test", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
        (await Configs(house).ReadAsync(default)).ShouldContain(config => config.Name == "git");
    }

    [Theory]
    [InlineData("a", "", "displayName")]
    [InlineData("a", "displayName: A", "names nothing")]
    [InlineData("A/..", "displayName: A\ninclude: [a]", "is no name")]
    [InlineData("a", "displayName: A\ninclude: [/etc/passwd]", "/etc/passwd")]
    [InlineData("a", "displayName: A\ninclude: [a/../../b]", "a/../../b")]
    [InlineData("a", "displayName: A\ninclude: [a]\nexclude: [--to-command=sh]", "--to-command=sh")]
    [InlineData("a", "displayName: A\nxfconf: ['a b']", "'a b'")]
    [InlineData("a", "displayName: A\ninclude: a", "Line 2")]
    [InlineData("a", "displayName: A\ninclude:", "are lists")]
    [InlineData("a", "displayName: A\ninclude: [a]\nname: b", "Line 3")]
    [InlineData("a", "displayName: A\ninclude: [a]\nunknown: b", "Line 3")]
    [InlineData("a", "displayName: &a [*a]", "Line 1")]
    public async Task SetFlexConfig_OneThatCanNotBe_TellsWhy(string name, string yaml, string why)
    {
        await using var house = await StartAsync();
        var fault = (await Configs(house).SetAsync(name, yaml, "test", default)).Fault.ShouldNotBeNull();
        fault.Code.ShouldBe(ErrorCode.InvalidRequest);
        fault.Why!.ShouldContain(why);
    }

    private static PersonaBook Book(House house) => house.Get<PersonaBook>();

    private static PersonaDesk Desk(House house) => house.Get<PersonaDesk>();

    private static FlexConfigBook Configs(House house) => house.Get<FlexConfigBook>();

    private static async Task<PersonaPartView> PartAsync(House house, string config) => (await Book(house).FindAsync("ann", default)).Value!.Parts.Single(part => part.Config == config);
}
