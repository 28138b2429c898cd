namespace Mayfly.HouseVmTests;

/// <summary>Settings that follow users between real machines, whatever happens to mayflyd.</summary>
public sealed class PersonaTests(MicroImages images)
{
    private const int Rounds = 6;

    [Fact]
    public async Task LogOffAndOpen_ManyTimesWithMayflydKilledInBetween_BringsTheLastThatWasSet()
    {
        var random = new Random(7);
        await using var house = await TestHouse.StartAsync(images, images.First);
        await AddPoolAsync(house);
        for (var round = 1; round <= Rounds; round++)
        {
            var session = await house.OpenAsync("ann", "p");
            (session.Persona!.Loaded, session.Persona.ReadOnly, session.Persona.Fault).ShouldBe((true, false, null));
            (await house.Api.RunAsync(session.Machine, "cat ~/.gitconfig ~/Documents/letter 2>/dev/null")).ShouldBe(round == 1 ? "" : $"name {round - 1}\nround {round - 1}");
            await house.Api.RunAsync(session.Machine, $"mkdir -p ~/Documents; echo name {round} >~/.gitconfig; echo round {round} >~/Documents/letter; head -c 500000 /dev/urandom >~/Documents/photo");
            var leaving = house.LogOffAsync("ann", session);
            await Task.Delay(random.Next(0, 600));
            await house.KillDaemonAsync();
            await Task.WhenAny(leaving);
            await house.StartDaemonAsync();
            // One that was killed before the log-off was known has the desktop still.
            var open = (await house.Api.GetAsync<Page<SessionView>>("sessions")).Items;
            if (open.Any(one => one.Id == session.Id && one.EndedAt is null)) await house.LogOffAsync("ann", session);
        }
    }

    [Fact]
    public async Task Open_AnotherUser_HasNothingOfTheFirst()
    {
        await using var house = await TestHouse.StartAsync(images, images.First);
        await AddPoolAsync(house);
        var first = await house.OpenAsync("ann", "p");
        await house.Api.RunAsync(first.Machine, "mkdir -p ~/Documents; echo secret >~/Documents/letter");
        await house.LogOffAsync("ann", first);

        var other = await house.OpenAsync("ben", "p");
        var again = await house.OpenAsync("ann", "p");

        (await house.Api.RunAsync(other.Machine, "cat ~/Documents/letter 2>/dev/null || echo none")).ShouldBe("none");
        (await house.Api.RunAsync(again.Machine, "cat ~/Documents/letter")).ShouldBe("secret");
        again.Timeline.Select(step => step.Name).ShouldContain("persona");
        again.Persona!.Parts.Single(part => part.From is not null).Config.ShouldBe("documents");
    }

    private static async Task AddPoolAsync(TestHouse house)
    {
        await house.Api.PostAsync<PoolView>("pools", new CreatePoolRequest { Name = "p", Image = "micro", Spare = 2, Maximum = 6, Persona = true });
        await house.AddUsersAsync("p", "ann", "ben");
        await house.AvailableAsync("p", 2);
    }
}
