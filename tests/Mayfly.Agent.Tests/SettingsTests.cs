using Mayfly.Agent.Dconf;
using Mayfly.Agent.Xfconf;

namespace Mayfly.Agent.Tests;

/// <summary>What is set in a desktop, taken from one session to another, each with a bus and an Xfconf of its own.</summary>
public sealed class SettingsTests : IDisposable
{
    private const string Channel = "thing";
    private const string Image = "<property name=\"old\" type=\"string\" value=\"image\"/><property name=\"kept\" type=\"int\" value=\"1\"/>";

    private static readonly SortedDictionary<string, SettingValue> EachType = new(StringComparer.Ordinal)
    {
        ["/bool"] = new("b", "true"),
        ["/double"] = new("d", "0.1"),
        ["/int"] = new("i", "-5"),
        ["/list"] = new("av", Items: [new("i", "1"), new("s", "zwei \"ä\"\n")]),
        ["/long"] = new("x", "-5000000000"),
        ["/text"] = new("s", ""),
        ["/unsigned"] = new("u", "4000000000"),
        ["/ulong"] = new("t", "18000000000000000000"),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("mayfly-settings-").FullName;

    private string Home => Path.Combine(_folder, "home");

    private string File => Path.Combine(Home, SettingsFolder.PathInHome(Channel));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task SaveAndLoad_EachTypeOfValue_IsTheSameInAnotherSession()
    {
        using var first = await StartAsync("first");
        (await first.RunAsync("note", Home)).ShouldBe(0);
        await SetAsync(first, EachType);
        (await first.RunAsync("save", Home, Channel, "none")).ShouldBe(0);

        using var second = await StartAsync("second");
        (await second.RunAsync("load", Home, Channel, "none")).ShouldBe(0);

        (await ReadAsync(second)).ShouldBe(EachType, ignoreOrder: true);
        // And from there: the same file, which is not even touched.
        var saved = System.IO.File.GetLastWriteTimeUtc(File);
        (await second.RunAsync("save", Home, Channel)).ShouldBe(0);
        System.IO.File.GetLastWriteTimeUtc(File).ShouldBe(saved);
        System.IO.File.Exists(Path.Combine(Home, SettingsFolder.PathInHome("none"))).ShouldBeFalse();
    }

    [Fact]
    public async Task Save_WhatTheImageSets_IsLeftToTheImage()
    {
        using var first = await StartAsync("first", Image);
        (await first.RunAsync("note", Home)).ShouldBe(0);
        await SetAsync(first, new() { ["/mine"] = new("i", "7") });
        (await first.RunAsync("save", Home, Channel)).ShouldBe(0);

        using var second = await StartAsync("second", Image.Replace("image", "next", StringComparison.Ordinal));
        (await second.RunAsync("load", Home, Channel)).ShouldBe(0);

        (await ReadAsync(second)).ShouldBe(new SortedDictionary<string, SettingValue> { ["/old"] = new("s", "next"), ["/kept"] = new("i", "1"), ["/mine"] = new("i", "7") }, ignoreOrder: true);
    }

    [Fact]
    public async Task SaveAndLoad_WhatWasTakenAway_IsTakenAwayThereToo()
    {
        using var first = await StartAsync("first");
        await SetAsync(first, new() { ["/launcher"] = new("s", "a") });
        (await first.RunAsync("note", Home)).ShouldBe(0);
        using (var bus = await first.ConnectAsync())
            await new XfconfService(bus).ResetAsync(Channel, "/launcher");
        (await first.RunAsync("save", Home, Channel)).ShouldBe(0);

        using var second = await StartAsync("second");
        await SetAsync(second, new() { ["/launcher"] = new("s", "a") });
        (await second.RunAsync("load", Home, Channel)).ShouldBe(0);

        (await ReadAsync(second)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Load_OfTheHouseAfterThatOfAUser_TakesOnlyWhatIsInIt()
    {
        using var model = await StartAsync("model");
        (await model.RunAsync("note", Home)).ShouldBe(0);
        await SetAsync(model, new() { ["/both"] = new("s", "house") });
        (await model.RunAsync("save", model.Home, Channel)).ShouldBe(0);
        using var user = await StartAsync("user");
        (await user.RunAsync("note", Home)).ShouldBe(0);
        await SetAsync(user, new() { ["/both"] = new("s", "user"), ["/mine"] = new("s", "user") });
        (await user.RunAsync("save", user.Home, Channel)).ShouldBe(0);

        using var next = await StartAsync("next");
        (await next.RunAsync("load", user.Home, Channel)).ShouldBe(0);
        (await next.RunAsync("load", model.Home, Channel)).ShouldBe(0);

        (await ReadAsync(next)).ShouldBe(new SortedDictionary<string, SettingValue> { ["/both"] = new("s", "house"), ["/mine"] = new("s", "user") }, ignoreOrder: true);
    }

    [Fact]
    public async Task SaveAndLoad_KeysOfDconf_AreThoseOfTheLongestPathAndLeaveTheRest()
    {
        using var first = await StartAsync("first");
        await Dconf(first).SetAsync(new() { ["/org/editor/font"] = Text("'image'"), ["/org/other/gone"] = Text("1") });
        (await first.RunAsync("note", first.Home)).ShouldBe(0);
        await Dconf(first).SetAsync(new() { ["/org/editor/view/lines"] = Text("true"), ["/org/other/name"] = Text("'ä=[b]'"), ["/top"] = Text("[1, 2]") });
        await Dconf(first).ResetAsync("/org/other/gone");
        (await first.RunAsync("save", first.Home, "/", "/org/editor/", "!/org/shell/")).ShouldBe(0);

        using var second = await StartAsync("second");
        await Dconf(second).SetAsync(new() { ["/org/editor/font"] = Text("'next'"), ["/org/other/gone"] = Text("1"), ["/org/shell/kept"] = Text("1") });
        Bring(first, second, "dconf/org/editor.json");
        (await second.RunAsync("load", second.Home, "/", "/org/editor/")).ShouldBe(0);
        (await ReadDconfAsync(second)).ShouldBe(["/org/editor/font='next'", "/org/editor/view/lines=true", "/org/other/gone=1", "/org/shell/kept=1"]);
        Bring(first, second, "dconf.json");
        (await second.RunAsync("load", second.Home, "/")).ShouldBe(0);
        (await ReadDconfAsync(second)).ShouldBe(["/org/editor/font='next'", "/org/editor/view/lines=true", "/org/other/name='ä=[b]'", "/org/shell/kept=1", "/top=[1, 2]"]);
    }

    [Fact]
    public async Task Load_DatabaseOfDconfThatWasBrought_IsNotPutBackByItsService()
    {
        using var first = await StartAsync("first");
        await Dconf(first).SetAsync(new() { ["/org/old/mine"] = Text("1") });
        using var second = await StartAsync("second");
        await Dconf(second).SetAsync(new() { ["/org/image/its"] = Text("1") });
        (await second.RunAsync("note", second.Home)).ShouldBe(0);
        // As archives brought it that were made when dconf was one whole.
        System.IO.File.Copy(Path.Combine(first.Home, ".config/dconf/user"), Path.Combine(second.Home, ".config/dconf/user"), overwrite: true);

        (await second.RunAsync("load", second.Home, "/", "/org/editor/")).ShouldBe(0);
        await Dconf(second).SetAsync(new() { ["/org/editor/new"] = Text("1") });

        (await ReadDconfAsync(second)).ShouldContain("/org/old/mine=1");
        (await second.RunAsync("save", second.Home, "/", "/org/editor/")).ShouldBe(0);
        (await System.IO.File.ReadAllTextAsync(Path.Combine(second.Home, SettingsFolder.PathInHome("dconf")), TestContext.Current.CancellationToken)).ShouldContain("/org/old/mine");
    }

    [Theory]
    [InlineData("{\"set\":{\"/org/other/a\":{\"type\":\"gvariant\",\"text\":\"1\"}},\"reset\":[]}")]
    [InlineData("{\"set\":{\"/org/editor/a\":{\"type\":\"gvariant\",\"text\":\"1\\n[org/other]\\nb=1\"}},\"reset\":[]}")]
    [InlineData("{\"set\":{\"/org/editor/a\":{\"type\":\"gvariant\",\"text\":\"no value\"}},\"reset\":[]}")]
    [InlineData("{\"set\":{},\"reset\":[\"/org/other/a\"]}")]
    public async Task Load_FileOfDconfThatReachesOutOfItsPath_FailsAndSetsNothing(string content)
    {
        using var session = await StartAsync("session");
        await Dconf(session).SetAsync(new() { ["/org/other/a"] = Text("7") });
        var file = Path.Combine(session.Home, SettingsFolder.PathInHome("dconf/org/editor"));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await System.IO.File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);

        (await session.RunAsync("load", session.Home, Channel, "/org/editor/")).ShouldBe(SettingsProgram.WithoutDconf);

        (await ReadDconfAsync(session)).ShouldBe(["/org/other/a=7"]);
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/org/xfce/mousepad/", true)]
    [InlineData("!/org/profiles:/:1-2_3/", true)]
    [InlineData("org/", false)]
    [InlineData("/org", false)]
    [InlineData("/org/../", false)]
    [InlineData("//", false)]
    [InlineData("!!/", false)]
    [InlineData("!", false)]
    [InlineData("xfce4-panel", false)]
    public void IsPath_Text_IsAPathOfDconf(string path, bool expected) => ProgramSettings.IsPath(path).ShouldBe(expected);

    [Theory]
    [InlineData("{\"set\":{\"/a\":{\"type\":\"h\",\"text\":\"1\"}},\"reset\":[]}")]
    [InlineData("{\"set\":{\"/a\":{\"type\":\"i\",\"text\":\"many\"}},\"reset\":[]}")]
    [InlineData("{\"set\":{\"/a\":null},\"reset\":[]}")]
    [InlineData("{\"set\":{\"no path\":{\"type\":\"i\",\"text\":\"1\"}},\"reset\":[]}")]
    [InlineData("{\"set\":{\"/a\":{\"type\":\"av\",\"items\":[null]}},\"reset\":[]}")]
    [InlineData("{\"set\":{},\"reset\":[null]}")]
    [InlineData("{\"set\":{")]
    [InlineData("null")]
    public async Task Load_FileThatIsNotWhatWasWritten_Fails(string content)
    {
        using var session = await StartAsync("session");
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, content, TestContext.Current.CancellationToken);

        (await session.RunAsync("load", Home, Channel)).ShouldBe(2);
    }

    [Fact]
    public async Task Run_WithoutASession_HasNothingToDo()
    {
        (await SettingsProgram.RunAsync(["save", _folder, Home, Channel])).ShouldBe(0);
        Directory.Exists(Home).ShouldBeFalse();
    }

    private Task<DesktopSession> StartAsync(string name, string system = "") => DesktopSession.StartAsync(Path.Combine(_folder, name), system);

    private static DconfProgram Dconf(DesktopSession session) => new(session.Folder, session.Home);

    private static SettingValue Text(string text) => new(DconfProgram.Variant, text);

    private static async Task<IEnumerable<string>> ReadDconfAsync(DesktopSession session) => (await Dconf(session).ReadAsync()).Select(pair => $"{pair.Key}={pair.Value.Text}");

    private static void Bring(DesktopSession from, DesktopSession to, string file)
    {
        var path = Path.Combine(".local/share/mayfly/settings", file);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to.Home, path))!);
        System.IO.File.Copy(Path.Combine(from.Home, path), Path.Combine(to.Home, path));
    }

    private static async Task SetAsync(DesktopSession session, SortedDictionary<string, SettingValue> values)
    {
        using var bus = await session.ConnectAsync();
        foreach (var (property, value) in values)
            await new XfconfService(bus).SetAsync(Channel, property, value);
    }

    private static async Task<SortedDictionary<string, SettingValue>> ReadAsync(DesktopSession session)
    {
        using var bus = await session.ConnectAsync();
        return await new XfconfService(bus).ReadAsync(Channel);
    }
}
