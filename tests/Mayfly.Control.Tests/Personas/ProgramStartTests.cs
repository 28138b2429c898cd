using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Personas;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Personas;

/// <summary>Settings that are brought when a program starts, over guests that are played.</summary>
public sealed class ProgramStartTests : PersonaTestBase
{
    private const string Git = "displayName: Git\ninclude: [.gitconfig]\nprograms: [/usr/bin/git]";

    [Fact]
    public async Task Start_FirstOfTheSession_BringsWhatWasSavedAndTheLastEndSavesItAlone()
    {
        await using var house = await StartAsync();
        await AddPoolAsync(house);
        await UseAsync(house, "ann", ("git", "before", 100), ("shell", "before", 100));
        await SetAsync(house);
        var session = await house.OpenAsync("ann");
        Home(session).ShouldBe(["shell: before"]);
        session.Persona!.Parts.Where(part => part.Waiting).Select(part => part.Config).ShouldBe(["git"]);
        Host.Programs.WatchedIn(Id(session)).Single().Programs.ShouldBe(["/usr/bin/git"]);

        await Host.Programs.StartAsync(Id(session), "git");

        Home(session).ShouldBe(["git: before", "shell: before"]);
        Has(session, ("git", "after", 100), ("shell", "after", 100));
        await Host.Programs.EndAsync(Id(session), "git");
        (await CurrentAsync(house)).ShouldBe(["git after", "shell before"]);
        var part = (await PartAsync(house))!;
        (part.Waiting, part.Fault, part.From is not null).ShouldBe((false, null, true));
        // It is there: another start waits for nothing, and what comes of it is saved with the rest.
        await Host.Programs.StartAsync(Id(session), "git");
        Has(session, ("git", "last", 100));
        await house.LogOffAsync(session);
        (await CurrentAsync(house)).ShouldBe(["git last", "shell before"]);
    }

    [Fact]
    public async Task Save_ProgramThatWasNeverStarted_IsNotSavedOverWhatThereIs()
    {
        await using var house = await StartAsync();
        await AddPoolAsync(house);
        await SetAsync(house);
        // Of what there is nothing yet, the first start makes it.
        var first = await house.OpenAsync("ann");
        Has(first, ("git", "of the image", 100));
        await house.LogOffAsync(first);
        (await CurrentAsync(house)).ShouldBeEmpty();
        var second = await house.OpenAsync("ann");
        await Host.Programs.StartAsync(Id(second), "git");
        Has(second, ("git", "mine", 100));
        await Host.Programs.EndAsync(Id(second), "git");
        await house.LogOffAsync(second);

        await UseAsync(house, "ann", ("git", "of the image", 100));

        (await CurrentAsync(house)).ShouldBe(["git mine"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_WhatCouldNotBeBroughtInTime_IsToldAndNeverSavedOver(bool late)
    {
        await using var house = await StartAsync();
        await AddPoolAsync(house);
        await UseAsync(house, "ann", ("git", "good", 100));
        await SetAsync(house);
        var session = await house.OpenAsync("ann");
        if (late)
        {
            Host.Programs.StartLate(Id(session), "git");
        }
        else
        {
            Personas.Faults[("load", "git")] = new Fault(ErrorCode.PersonaUnusable, "It is damaged.");
            await Host.Programs.StartAsync(Id(session), "git");
        }

        await Eventually.HoldsAsync(async () => (await PartAsync(house))?.Fault is { Code: ErrorCode.PersonaUnusable }, "the fault is told");
        Has(session, ("git", "empty", 100));
        await Host.Programs.EndAsync(Id(session), "git");
        await house.LogOffAsync(session);

        (await CurrentAsync(house)).ShouldBe(["git good"]);
        (await house.EventKindsAsync()).ShouldContain(EventKinds.PersonaNotLoaded);
    }

    [Fact]
    public async Task Start_WhileMayflydIsAway_WaitsAndIsBroughtByTheNext()
    {
        string machine;
        Task started;
        await using (var house = await StartAsync())
        {
            await AddPoolAsync(house);
            await UseAsync(house, "ann", ("git", "before", 100));
            await SetAsync(house);
            machine = Id(await house.OpenAsync("ann"));
        }

        started = Host.Programs.StartAsync(machine, "git");
        started.IsCompleted.ShouldBeFalse();
        await using var next = await StartAsync();

        await started;

        Personas.Homes[machine]["git"].Content.ShouldBe("before");
        await Eventually.HoldsAsync(async () => await PartAsync(next) is { Waiting: false, Fault: null }, "it counts as brought");
    }

    [Fact]
    public async Task Open_GuestWhoseProgramsCanNotWait_HasAllAtTheLogon()
    {
        await using var house = await StartAsync();
        await AddPoolAsync(house);
        await UseAsync(house, "ann", ("git", "before", 100));
        await SetAsync(house);
        Host.Programs.Refusal = new Fault(ErrorCode.AgentRefused, "This agent does not know that verb.");

        var session = await house.OpenAsync("ann");

        Home(session).ShouldBe(["git: before"]);
        session.Persona!.Parts.ShouldAllBe(part => !part.Waiting && part.Fault == null);
    }

    [Fact]
    public async Task Start_SecondDesktopOfAUser_HasItToReadAndDoesNotSaveIt()
    {
        await using var house = await StartAsync();
        await AddPoolAsync(house);
        await AddPoolAsync(house, "q");
        await UseAsync(house, "ann", ("git", "before", 100));
        await SetAsync(house);
        await house.OpenAsync("ann");
        var second = await house.OpenAsync("ann", "q");

        await Host.Programs.StartAsync(Id(second), "git");

        Home(second).ShouldBe(["git: before"]);
        Has(second, ("git", "second", 100));
        await Host.Programs.EndAsync(Id(second), "git");
        (await CurrentAsync(house)).ShouldBe(["git before"]);
    }

    [Theory]
    [InlineData("git", "no program")]
    [InlineData("/usr/../git", "no program")]
    public async Task Set_ProgramThatIsNoAbsolutePath_IsRefused(string program, string told)
    {
        await using var house = await StartAsync();
        var set = await house.Get<FlexConfigBook>().SetAsync("git", Git.Replace("/usr/bin/git", program, StringComparison.Ordinal), "test", default);
        (set.Fault!.Code, set.Fault.Why!.Contains(told, StringComparison.Ordinal)).ShouldBe((ErrorCode.InvalidRequest, true));
    }

    private static Task AddPoolAsync(House house, string name = "p") =>
        house.AddPoolAsync(new CreatePoolRequest { Name = name, Image = "micro", Version = "v1", Spare = 2, Maximum = 6, Persona = true }, "ann");

    private static async Task SetAsync(House house) => (await house.Get<FlexConfigBook>().SetAsync("git", Git, "test", default)).Fault.ShouldBeNull();

    private static Task<List<string>> CurrentAsync(House house) => house.ReadAsync(context =>
        context.PersonaArchives.Where(a => a.State == PersonaArchiveState.Current).OrderBy(a => a.Config).Select(a => a.Config + " " + a.Sha256).ToList());

    private static Task<SessionPersonaPart?> PartAsync(House house) => house.ReadAsync(context =>
        context.Sessions.Where(s => s.EndedAt == null).ToList().SelectMany(s => s.Persona!.Parts).FirstOrDefault(part => part.Config == "git"));
}
