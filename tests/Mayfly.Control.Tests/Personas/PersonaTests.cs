using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;
using Mayfly.Control.Personas;
using Mayfly.Control.Sessions;
using Mayfly.Control.Settings;
using Mayfly.Control.Storage;
using Mayfly.Control.Users;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Personas;

/// <summary>What follows a user from one desktop to the next, over a library that keeps archives in memory.</summary>
public sealed class PersonaTests : PersonaTestBase
{
    private const long Large = 1 << 20;

    private static CreatePoolRequest WithPersona(string name = "p") => new() { Name = name, Image = "micro", Version = "v1", Spare = 2, Maximum = 6, Persona = true };

    [Fact]
    public async Task Open_AfterALogOff_BringsWhatWasSavedThenAndNothingOfOthers()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithPersona(), "ann", "bob");
        var first = await house.OpenAsync("ann");
        first.Persona.ShouldNotBeNull().Loaded.ShouldBeTrue();
        first.Persona!.Parts.ShouldAllBe(part => part.From == null && part.Fault == null);
        first.Timeline.Select(step => step.Name).ShouldContain("persona");
        Has(first, ("git", "ann's", 100), ("documents", "letter", Large));
        await house.LogOffAsync(first);

        var second = await house.OpenAsync("ann");
        var other = await house.OpenAsync("bob");

        second.Machine.ShouldNotBe(first.Machine);
        second.Persona!.Parts.Where(part => part.From is not null).Select(part => part.Config).ShouldBe(["documents", "git"]);
        Home(second).ShouldBe(["documents: letter", "git: ann's"]);
        Home(other).ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_PoolWithoutPersona_LoadsAndSavesNothing()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithPersona() with { Persona = false }, "ann");
        var session = await house.OpenAsync("ann");
        session.Persona.ShouldBeNull();
        Has(session, ("git", "ann's", 100));
        await house.LogOffAsync(session);
        Personas.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task Save_LessThanHalfOfWhatItWas_IsHeldAndTheOneBeforeIsLoaded()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithPersona(), "ann");
        await UseAsync(house, "ann", ("documents", "all", Large), ("git", "long", 1000));

        await UseAsync(house, "ann", ("documents", "nearly none", Large / 3), ("git", "s", 100));

        Home(await house.OpenAsync("ann")).ShouldBe(["documents: all", "git: s"]);
        (await RowsAsync(house)).ShouldBe(["documents Current all", "documents Held nearly none", "git Current s", "git Earlier long"], ignoreOrder: true);
        (await house.EventKindsAsync()).ShouldContain(EventKinds.PersonaNotSaved);
    }

    [Fact]
    public async Task Save_ManyTimes_KeepsTheLastOfEachDayAndRemovesTheOtherFiles()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithPersona(), "ann");
        (await house.Get<SettingsStore>().ChangeAsync(new HouseSettings { PersonaVersions = 2 }, "test", default)).Fault.ShouldBeNull();
        foreach (var day in Enumerable.Range(1, 4))
        {
            await UseAsync(house, "ann", ("git", $"{day} morning", 100));
            await UseAsync(house, "ann", ("git", $"{day} evening", 100));
            Time.Jump(TimeSpan.FromDays(1));
        }

        (await RowsAsync(house)).ShouldBe(["git Current 4 evening", "git Earlier 4 morning", "git Earlier 3 evening"], ignoreOrder: true);
        Personas.List().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Save_SameAsBefore_KeepsOneFile()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithPersona(), "ann");
        await UseAsync(house, "ann", ("git", "same", 100));
        await UseAsync(house, "ann", ("git", "same", 100));
        (await RowsAsync(house)).ShouldBe(["git Current same"]);
        Personas.List().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Save_MoreThanAPersonaMayTakeTogether_KeepsWhatThereIsAndTells()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithPersona(), "ann");
        (await house.Get<SettingsStore>().ChangeAsync(new HouseSettings { PersonaQuotaMib = 2 }, "test", default)).Fault.ShouldBeNull();
        await UseAsync(house, "ann", ("documents", "letter", Large), ("git", "g", 100));

        await UseAsync(house, "ann", ("git", "large", Large + 1), ("shell", "s", 100));

        (await RowsAsync(house)).ShouldBe(["documents Current letter", "git Current g", "shell Current s"], ignoreOrder: true);
        (await house.EventKindsAsync()).ShouldContain(EventKinds.PersonaNotSaved);
        Personas.List().Count.ShouldBe(3);
        // One that becomes smaller is saved in any case, also when the limit was lowered meanwhile.
        (await house.Get<SettingsStore>().ChangeAsync(new HouseSettings { PersonaQuotaMib = 1 }, "test", default)).Fault.ShouldBeNull();
        await UseAsync(house, "ann", ("documents", "shorter", Large - 1));
        (await RowsAsync(house)).ShouldContain("documents Current shorter");
    }

    [Fact]
    public async Task Load_PartThatFails_IsToldAndNeverSavedOver()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithPersona(), "ann");
        await UseAsync(house, "ann", ("git", "good", 100), ("shell", "s", 100));
        Personas.Faults[("load", "git")] = new Fault(ErrorCode.PersonaUnusable, "It is damaged.");
        var session = await house.OpenAsync("ann");
        session.Persona!.Parts.Single(part => part.Fault is not null).Config.ShouldBe("git");
        (await house.EventKindsAsync()).ShouldContain(EventKinds.PersonaNotLoaded);
        Has(session, ("git", "empty", 10), ("shell", "new", 100));
        await house.LogOffAsync(session);
        Personas.Faults.Clear();

        Home(await house.OpenAsync("ann")).ShouldBe(["git: good", "shell: new"]);
    }

    [Fact]
    public async Task Load_WholePersonaThatFails_OpensWithoutItAndSavesNothing()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithPersona(), "ann");
        await UseAsync(house, "ann", ("git", "good", 100));
        Personas.OnWork = (what, _) => Task.FromResult(what == "load" ? new Fault(ErrorCode.AgentSilent, "It says nothing.") : null);
        var session = await house.OpenAsync("ann");
        (session.Persona!.Loaded, session.Persona.Fault!.Code).ShouldBe((false, ErrorCode.AgentSilent));
        Has(session, ("git", "empty", 100));
        await house.LogOffAsync(session);
        Personas.OnWork = (_, _) => Task.FromResult<Fault?>(null);

        Home(await house.OpenAsync("ann")).ShouldBe(["git: good"]);
    }

    [Fact]
    public async Task Open_SecondDesktopOfAUser_HasThePersonaToReadAndDoesNotSaveIt()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithPersona(), "ann");
        await house.AddPoolAsync(WithPersona("q"), "ann");
        await UseAsync(house, "ann", ("git", "before", 100));
        var first = await house.OpenAsync("ann");
        var second = await house.OpenAsync("ann", "q");
        (first.Persona!.ReadOnly, second.Persona!.ReadOnly).ShouldBe((false, true));
        Home(second).ShouldBe(["git: before"]);
        Has(first, ("git", "first", 100));
        Has(second, ("git", "second", 100));
        await house.LogOffAsync(first);
        await house.LogOffAsync(second);

        Home(await house.OpenAsync("ann")).ShouldBe(["git: first"]);
    }

    [Fact]
    public async Task Open_WhileThePersonaIsBeingSaved_WaitsForIt()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithPersona(), "ann");
        var first = await house.OpenAsync("ann");
        Has(first, ("git", "new", 100));
        var (saving, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        Personas.OnWork = async (what, _) =>
        {
            if (what != "save") return null;
            saving.SetResult();
            await goOn.Task;
            return null;
        };
        var leaving = house.LogOffAsync(first);
        await saving.Task;

        var coming = house.OpenAsync("ann");
        await house.LookedAtAsync("p");
        coming.IsCompleted.ShouldBeFalse();
        goOn.SetResult();
        await leaving;

        var second = await coming;
        second.Persona!.ReadOnly.ShouldBeFalse();
        Home(second).ShouldBe(["git: new"]);
    }

    [Theory]
    [InlineData(ErrorCode.HostDiskLow)]
    [InlineData(ErrorCode.HostUnreachable)]
    public async Task LogOff_CanNotBeSavedNow_KeepsTheMachineUntilItCan(ErrorCode why)
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithPersona(), "ann");
        var session = await house.OpenAsync("ann");
        Has(session, ("git", "kept", 100));
        var tries = 0;
        Personas.OnWork = (what, machine) => Task.FromResult(what != "save" || ++tries > 1 ? null : new Fault(why, "Not now."));
        await house.LogOffAsync(session);
        await Eventually.HoldsAsync(async () => (await RowsAsync(house)).Count == 1, "the persona is saved");
        tries.ShouldBe(2);
        await Eventually.HoldsAsync(() => Task.FromResult(Host.Machines.All(m => m.Hostname != session.Machine)), "the machine is gone");
    }

    [Fact]
    public async Task LogOff_SilentGuest_IsToldToHaveNotBeenSaved()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithPersona(), "ann");
        var session = await house.OpenAsync("ann");
        Has(session, ("git", "lost", 100));
        Host.Trouble(Id(session));
        await house.MachineHoldsAsync(session.Machine, machine => machine.State == MachineState.AgentUnreachable, "it is known to be silent");

        await house.LogOffAsync(session);

        await Eventually.HoldsAsync(async () => (await house.EventKindsAsync()).Contains(EventKinds.PersonaNotSaved), "it is told");
    }

    [Fact]
    public async Task Start_LogOffsUnderWay_DoesNotWaitForThem()
    {
        var first = await StartAsync();
        await first.AddPoolAsync(WithPersona(), "ann");
        var session = await first.OpenAsync("ann");
        Has(session, ("git", "kept", 100));
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource<Fault?>());
        Personas.OnWork = (what, _) =>
        {
            if (what != "save") return Task.FromResult<Fault?>(null);
            begun.TrySetResult();
            return go.Task.WaitAsync(TimeSpan.FromSeconds(30));
        };
        var leaving = first.Desk.LogOffAsync(session.Id, "ann", "ann", default);
        await begun.Task;
        var closing = first.DisposeAsync();

        await using var second = await StartAsync();

        go.Task.IsCompleted.ShouldBeFalse();
        go.SetResult(null);
        await Eventually.HoldsAsync(() => Task.FromResult(Host.Machines.All(m => m.Hostname != session.Machine)), "the machine is gone");
        await Eventually.HoldsAsync(async () => (await RowsAsync(second)) is ["git Current kept"], "the persona is saved once");
        await closing;
        await Should.NotThrowAsync(() => Task.WhenAny(leaving));
    }

    [Fact]
    public async Task LogOff_GuestThatCanNotPack_IsToldAndTheMachineGoes()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithPersona(), "ann");
        await UseAsync(house, "ann", ("git", "good", 100));
        Personas.OnWork = (what, _) => Task.FromResult(what == "save" ? new Fault(ErrorCode.AgentSilent, "It says nothing.") : null);
        await UseAsync(house, "ann", ("git", "lost", 100));
        (await house.EventKindsAsync()).ShouldContain(EventKinds.PersonaNotSaved);
        Personas.OnWork = (_, _) => Task.FromResult<Fault?>(null);
        Home(await house.OpenAsync("ann")).ShouldBe(["git: good"]);
    }

    [Fact]
    public async Task Start_AfterMayflydWasKilledInALogOff_SavesAndLeavesNothingBehind()
    {
        string machine;
        await using (var house = await StartAsync())
        {
            await house.AddPoolAsync(WithPersona(), "ann");
            var session = await house.OpenAsync("ann");
            Has(session, ("git", "saved after all", 100));
            machine = Id(session);
            // As the row is when mayflyd is killed between the mark and the save.
            await house.Get<HouseDatabase>().WriteAsync(async context =>
            {
                context.Machines.Single(m => m.Id == machine).MoveTo(MachineState.Deleting);
                context.Sessions.Single(s => s.Id == session.Id).End(SessionEnds.LogOff, Time.GetUtcNow());
                await Task.CompletedTask;
                return 0;
            }, default);
        }

        Personas.Keep("git", "never written down", 100);
        await using var again = await StartAsync();

        await Eventually.HoldsAsync(async () => (await RowsAsync(again)).Count == 1, "the persona is saved");
        (await RowsAsync(again)).ShouldBe(["git Current saved after all"]);
        Personas.List().Count.ShouldBe(1);
        Home(await again.OpenAsync("ann")).ShouldBe(["git: saved after all"]);
    }

    [Fact]
    public async Task MachineDies_WithThePersona_FreesItForTheNextDesktop()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithPersona(), "ann");
        await UseAsync(house, "ann", ("git", "before", 100));
        var session = await house.OpenAsync("ann");
        Host.Crash(Id(session));
        await Eventually.HoldsAsync(async () => (await house.ReadAsync(c => c.Sessions.Single(s => s.Id == session.Id))).EndedAt is not null, "the session has ended");

        var next = await house.OpenAsync("ann");

        next.Persona!.ReadOnly.ShouldBeFalse();
        Home(next).ShouldBe(["git: before"]);
    }

    [Fact]
    public async Task RemoveUser_WithAPersona_LeavesNoFile()
    {
        await using (var house = await StartAsync())
        {
            await house.AddPoolAsync(WithPersona(), "ann");
            await UseAsync(house, "ann", ("git", "ann's", 100));
            (await house.Get<UserDirectory>().RemoveAsync("ann", "test", default)).Fault.ShouldBeNull();
            (await RowsAsync(house)).ShouldBeEmpty();
            Personas.List().ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Crash_AfterACheckpoint_LosesOnlyWhatCameAfterIt()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithPersona(), "ann");
        await UseAsync(house, "ann", ("documents", "all", Large));
        var session = await house.OpenAsync("ann");
        Has(session, ("git", "1", 100), ("documents", "few", 1000));
        await house.Get<PersonaCheckpoints>().SaveDueAsync(default);
        (await RowsAsync(house)).ShouldBe(["documents Current all"]);
        Time.Jump(TimeSpan.FromMinutes(15));
        await house.Get<PersonaCheckpoints>().SaveDueAsync(default);
        // What has shrunk is for the log-off to judge.
        (await RowsAsync(house)).ShouldBe(["documents Current all", "git Current 1"], ignoreOrder: true);
        Has(session, ("git", "2", 100));
        await house.Get<PersonaCheckpoints>().SaveDueAsync(default);

        Host.Crash(Id(session));
        await Eventually.HoldsAsync(async () => (await house.ReadAsync(c => c.Sessions.Single(s => s.Id == session.Id))).EndedAt is not null, "the session has ended");

        Home(await house.OpenAsync("ann")).ShouldBe(["documents: all", "git: 1"]);
        Personas.List().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Reset_WhileACheckpointIsSaved_IsNotSavedOver()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(WithPersona(), "ann");
        await UseAsync(house, "ann", ("git", "1", 100));
        var session = await house.OpenAsync("ann");
        Has(session, ("git", "2", 100));
        Time.Jump(TimeSpan.FromMinutes(15));
        Personas.OnWork = async (_, _) =>
        {
            Personas.OnWork = (_, _) => Task.FromResult<Fault?>(null);
            (await house.Get<PersonaDesk>().ResetAsync("ann", "git", "ann", default)).Fault.ShouldBeNull();
            return null;
        };

        await house.Get<PersonaCheckpoints>().SaveDueAsync(default);

        (await RowsAsync(house)).ShouldBe(["git Earlier 1"]);
    }

    [Fact]
    public async Task Create_DedicatedPoolWithPersona_IsRefused()
    {
        await using var house = await StartAsync();
        (await house.Pools.CreateAsync(Dedicated() with { Persona = true }, "test", default)).Fault!.Why!.ShouldContain("persona");
    }

    private async Task<List<string>> RowsAsync(House house) =>
        await house.ReadAsync(c => c.PersonaArchives.AsEnumerable().Select(a => $"{a.Config} {a.State} {Personas.Contents[a.Id]}").ToList());
}
