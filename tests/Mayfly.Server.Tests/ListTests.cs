using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Mayfly.Contracts.Api;

namespace Mayfly.Server.Tests;

public sealed class ListTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Machines_InParts_AreEachThereOnceAndFiltersHold()
    {
        await using var daemon = await Daemon.StartAsync();
        using var local = daemon.Local();
        foreach (var pool in (string[])["p", "q"])
        {
            (await local.PostAsJsonAsync("/api/v1/pools", new CreatePoolRequest { Name = pool, Image = "micro", Spare = 0, Maximum = 9 })).EnsureSuccessStatusCode();
            for (var i = 0; i < 3; i++) (await local.PostAsync($"/api/v1/pools/{pool}/machines", null)).EnsureSuccessStatusCode();
        }

        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await ReadAsync(local, $"limit=4{(after is null ? "" : $"&after={after}")}");
            page.Total.ShouldBe(6);
            seen.AddRange(page.Items.Select(machine => machine.Name));
            after = page.Next;
        }
        while (after is not null);
        seen.ShouldBe(["p-1", "p-2", "p-3", "q-1", "q-2", "q-3"]);
        (await ReadAsync(local, "pool=q&state=Available")).Total.ShouldBe(3);
        (await ReadAsync(local, "state=Customizing")).Total.ShouldBe(0);
        (await ReadAsync(local, "search=-2")).Items.Select(machine => machine.Name).ShouldBe(["p-2", "q-2"]);
        (await ReadAsync(local, $"host={Environment.MachineName}")).Total.ShouldBe(6);
        (await ReadAsync(local, "host=h2")).Total.ShouldBe(0);
        (await local.GetAsync("/api/v1/machines?limit=0")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Machines_ForOneWhoMaySeeOnePool_AreThoseOfThatPool()
    {
        await using var daemon = await Daemon.StartAsync();
        using var local = daemon.Local();
        foreach (var pool in (string[])["p", "q"])
        {
            (await local.PostAsJsonAsync("/api/v1/pools", new CreatePoolRequest { Name = pool, Image = "micro", Spare = 0, Maximum = 9 })).EnsureSuccessStatusCode();
            (await local.PostAsync($"/api/v1/pools/{pool}/machines", null)).EnsureSuccessStatusCode();
        }

        var ann = await daemon.SignInAsync("ann");
        (await local.PostAsJsonAsync("/api/v1/roles", new GrantRoleRequest(Role.HelpDesk, "ann", null, "q"), Daemon.Json)).EnsureSuccessStatusCode();
        (await ReadAsync(ann.Client, "")).Items.ShouldHaveSingleItem().Pool.ShouldBe("q");
        (await ReadAsync(ann.Client, "pool=p")).Total.ShouldBe(0);
        var lines = (await ann.Client.GetStringAsync("/api/v1/events/export")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldNotBeEmpty();
        lines.ShouldAllBe(line => JsonDocument.Parse(line, default).RootElement.GetProperty("pool").GetString() == "q");
    }

    [Fact]
    public async Task Changes_Watched_TellAtOnceAndAtAChangeAndEndWithTheSignIn()
    {
        await using var daemon = await Daemon.StartAsync();
        using var local = daemon.Local();
        var ann = await daemon.SignInAsync("ann", administrator: true);
        using var reader = new StreamReader(await ann.Client.GetStreamAsync("/api/v1/changes"));
        (await NextAsync(reader)).ShouldBe("data: {\"number\":1}");
        (await local.PostAsJsonAsync("/api/v1/users", new AddUserRequest("bob"))).EnsureSuccessStatusCode();
        (await NextAsync(reader)).ShouldBe("data: {\"number\":2}");
        (await ann.Client.PostAsync("/api/v1/logout", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        while (await NextAsync(reader) is not null) { }
    }

    private static async Task<string?> NextAsync(StreamReader reader)
    {
        string? line;
        do line = await reader.ReadLineAsync().WaitAsync(Patience);
        while (line is { Length: 0 });
        return line;
    }

    private static async Task<Page<MachineView>> ReadAsync(HttpClient client, string query) =>
        (await client.GetFromJsonAsync<Page<MachineView>>($"/api/v1/machines?{query}", Daemon.Json))!;
}
