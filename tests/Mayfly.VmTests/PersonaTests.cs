using Mayfly.Contracts.Agent;
using Mayfly.Engine.Attaching;

namespace Mayfly.VmTests;

/// <summary>Personas between machines that share nothing but the host's store. The micro image's tar can not leave anything out: that is tested beside the agent.</summary>
public sealed class PersonaTests(Micro micro) : VmTest(micro)
{
    private const int QuotaMib = 2;
    private static readonly PersonaFiles Editor = new("editor", [".editor/theme", ".config/edit*"], []);
    private static readonly PersonaFiles Documents = new("documents", ["docs"], []);

    private string Store => Engine.Data.Personas;

    [Fact]
    public async Task SaveAndLoad_IntoAnotherMachine_BringsWhatWasTheUsers()
    {
        var (first, second) = (await ForkAsync(), await ForkAsync());
        await RunAsync(first, "cd; mkdir -p .editor/cache docs .config; echo dark >.editor/theme; echo big >.editor/cache/big; echo e >.config/edit.rc; echo letter >docs/letter; chmod 600 docs/letter");

        var saved = await SaveAsync(first, [Editor, Documents, new PersonaFiles("nothing", [".nothing"], [])]);

        saved.Faults.ShouldBeEmpty();
        saved.Archives.Select(archive => archive.Config).ShouldBe(["editor", "documents"]);
        saved.Archives.ShouldAllBe(archive => archive.StoredBytes < archive.Bytes);
        Engine.Personas.List().Order().ShouldBe(saved.Archives.Select(archive => archive.Id).Order());
        (await LoadAsync(second, saved.Archives)).Faults.ShouldBeEmpty();
        (await RunAsync(second, "cd; cat .editor/theme .config/edit.rc docs/letter; ls .editor; stat -c %a docs/letter")).ShouldBe("dark\ne\nletter\ntheme\n600");
        // Nothing of the way is left, and the machine can be asked again at once: for what was changed since.
        (await SaveAsync(second, [Editor, Documents])).Archives.ShouldBeEmpty();
        await RunAsync(second, "sleep 0.1; echo light >~/.editor/theme");
        (await SaveAsync(second, [Editor, Documents])).Archives.Single().Config.ShouldBe("editor");
        Directory.EnumerateFiles(Engine.Data.Machines, "persona-*", SearchOption.AllDirectories).ShouldBeEmpty();
        (await RunAsync(second, "ls /sys/block | grep -c ^sd || true")).ShouldBe("0");
        Forget();
    }

    [Fact]
    public async Task Load_ArchiveThatIsDamagedOrGone_IsToldAndTheOthersCome()
    {
        var machine = await ForkAsync();
        await RunAsync(machine, "cd; mkdir -p .editor docs other; echo dark >.editor/theme; echo letter >docs/letter; echo o >other/o");
        var saved = await SaveAsync(machine, [Editor, Documents, new PersonaFiles("other", ["other"], [])]);
        await RunAsync(machine, "cd; rm -r .editor docs other");
        var file = Path.Combine(Store, saved.Archives[0].Id + ".tar.br");
        await File.WriteAllBytesAsync(file, [.. (await File.ReadAllBytesAsync(file, Token)).Reverse()], Token);
        Engine.Personas.Remove(saved.Archives[1].Id);

        var loaded = await LoadAsync(machine, saved.Archives);

        loaded.Faults["editor"].Code.ShouldBe(ErrorCode.PersonaUnusable);
        loaded.Faults["documents"].Code.ShouldBe(ErrorCode.NotFound);
        loaded.Faults.Count.ShouldBe(2);
        (await RunAsync(machine, "cd; ls -A | grep -E 'editor|docs' || true; cat other/o")).ShouldBe("o");
        Forget();
    }

    [Fact]
    public async Task Load_ArchiveOfAnother_IsToldAndNeverReachesTheGuest()
    {
        var machine = await ForkAsync();
        await RunAsync(machine, "cd; mkdir -p .editor docs; echo dark >.editor/theme; echo letter >docs/letter");
        var saved = await SaveAsync(machine, [Editor, Documents]);
        await RunAsync(machine, "cd; rm -r .editor docs");
        // As if somebody had put one file in the place of the other.
        File.Copy(Path.Combine(Store, saved.Archives[1].Id + ".tar.br"), Path.Combine(Store, saved.Archives[0].Id + ".tar.br"), overwrite: true);

        (await LoadAsync(machine, [saved.Archives[0]])).Faults["editor"].Code.ShouldBe(ErrorCode.PersonaUnusable);

        (await RunAsync(machine, "cd; ls -d docs .editor 2>/dev/null || true")).ShouldBeEmpty();
        Forget();
    }

    [Fact]
    public async Task Load_TwoOfTheSame_TheLastGoesOverTheFirstAndNeitherCountsAsChanged()
    {
        var machine = await ForkAsync();
        await RunAsync(machine, "cd; mkdir -p .editor .config; echo own >.editor/theme; echo own >.config/edit.own");
        var own = await SaveAsync(machine, [Editor]);
        await RunAsync(machine, "cd; rm .config/edit.own; echo house >.editor/theme");
        var house = await SaveAsync(machine, [Editor]);
        await RunAsync(machine, "cd; rm -r .editor .config");

        (await LoadAsync(machine, [.. own.Archives, .. house.Archives])).Faults.ShouldBeEmpty();

        (await RunAsync(machine, "cd; cat .editor/theme .config/edit.own")).ShouldBe("house\nown");
        (await SaveAsync(machine, [Editor])).Archives.ShouldBeEmpty();
        Forget();
    }

    [Fact]
    public async Task Save_MoreThanTheQuota_IsToldAndTheRestIsKept()
    {
        var machine = await ForkAsync();
        await RunAsync(machine, "cd; mkdir -p .editor docs; head -c 3000000 /dev/urandom >docs/large; echo dark >.editor/theme");

        var saved = await SaveAsync(machine, [Documents, Editor]);

        saved.Faults["documents"].Code.ShouldBe(ErrorCode.PersonaUnusable);
        saved.Faults["documents"].Why!.ShouldContain("No space left");
        saved.Archives.Single().Config.ShouldBe("editor");
        Forget();
    }

    [Fact]
    public async Task Save_PatternThatLeavesTheHome_IsRefusedByTheGuest()
    {
        var machine = await ForkAsync();

        var saved = await Engine.Personas.SaveAsync(machine.MachineId, [new PersonaFiles("evil", ["../etc"], [])], QuotaMib, last: true, Token);

        saved.Fault!.Code.ShouldBe(ErrorCode.AgentRefused);
        Engine.Personas.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task WatchPrograms_ProgramOfAPackage_WaitsUntilItsPartIsThereAndItsEndIsTold()
    {
        var (first, second) = (await ForkAsync(), await ForkAsync());
        await RunAsync(first, "cd; mkdir .editor; echo dark >.editor/theme");
        var saved = await SaveAsync(first, [Editor]);
        (await Engine.Machines.WatchProgramsAsync(second.MachineId, [new ProgramPart("editor", ["/usr/bin/theeditor"], Ready: false)], Token)).Fault.ShouldBeNull();
        // What is watched comes only now.
        var package = await new AppFiles(Engine.Data, null).PackageAsync(("usr/bin/theeditor", "#!/bin/sh\ncat ~/.editor/theme >~/seen\n"));
        (await Engine.AttachAsync(second, new Attachments([package]))).Packages.ShouldBeEmpty();
        // What the agent runs itself never waits: whoever starts this is gone by then.
        await RunAsync(second, "mkfifo ~/go; (read -r x <~/go; theeditor) >/dev/null 2>&1 &");
        await RunAsync(second, "echo >~/go");

        (await Engine.Machines.AwaitProgramAsync(second.MachineId, null, Token)).Value.ShouldBe(new ProgramReport("editor", Ended: false));
        (await LoadAsync(second, saved.Archives)).Faults.ShouldBeEmpty();
        (await RunAsync(second, "ls ~/seen 2>/dev/null || true")).ShouldBeEmpty();
        var told = await Engine.Machines.WatchProgramsAsync(second.MachineId, [new ProgramPart("editor", ["/usr/bin/theeditor"], Ready: true)], Token);

        told.Value.Ready.ShouldBe(["editor"]);
        told.Value.Late.ShouldBeEmpty();
        (await Engine.Machines.AwaitProgramAsync(second.MachineId, null, Token)).Value.ShouldBe(new ProgramReport("editor", Ended: true));
        (await RunAsync(second, "cat ~/seen")).ShouldBe("dark");
        // What was brought is not the user's change.
        (await SaveAsync(second, [Editor])).Archives.ShouldBeEmpty();
        await RunAsync(second, "sleep 0.1; echo light >~/.editor/theme");
        (await SaveAsync(second, [Editor])).Archives.Single().Config.ShouldBe("editor");
        Forget();
    }

    private async Task<SavedPersona> SaveAsync(HostMachine machine, IReadOnlyList<PersonaFiles> configs)
    {
        var saved = await Engine.Personas.SaveAsync(machine.MachineId, configs, QuotaMib, last: true, Token);
        saved.Fault.ShouldBeNull();
        return saved.Value;
    }

    private async Task<LoadedPersona> LoadAsync(HostMachine machine, IReadOnlyList<PersonaArchive> archives)
    {
        var loaded = await Engine.Personas.LoadAsync(machine.MachineId, archives, Token);
        loaded.Fault.ShouldBeNull();
        return loaded.Value;
    }

    private void Forget()
    {
        foreach (var id in Engine.Personas.List())
            Engine.Personas.Remove(id);
        Directory.EnumerateFileSystemEntries(Store).ShouldBeEmpty();
    }
}
