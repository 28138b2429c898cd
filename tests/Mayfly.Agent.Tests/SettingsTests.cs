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
        (await first.RunAsync("note")).ShouldBe(0);
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
        (await first.RunAsync("note")).ShouldBe(0);
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
        (await first.RunAsync("note")).ShouldBe(0);
        using (var bus = await first.ConnectAsync())
            await new XfconfService(bus).ResetAsync(Channel, "/launcher");
        (await first.RunAsync("save", Home, Channel)).ShouldBe(0);

        using var second = await StartAsync("second");
        await SetAsync(second, new() { ["/launcher"] = new("s", "a") });
        (await second.RunAsync("load", Home, Channel)).ShouldBe(0);

        (await ReadAsync(second)).ShouldBeEmpty();
    }

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

        (await session.RunAsync("load", Home, Channel)).ShouldBe(1);
    }

    [Fact]
    public async Task Run_WithoutASession_HasNothingToDo()
    {
        (await SettingsProgram.RunAsync(["save", _folder, Home, Channel])).ShouldBe(0);
        Directory.Exists(Home).ShouldBeFalse();
    }

    private Task<DesktopSession> StartAsync(string name, string system = "") => DesktopSession.StartAsync(Path.Combine(_folder, name), system);

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
