using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Contracts.Api;
using Mayfly.Control.Environments;
using Mayfly.Control.Groups;
using Mayfly.Control.Personas;
using Mayfly.Control.Tests.Personas;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Environments;

/// <summary>What sessions are given at logon and log-off.</summary>
public sealed class SessionEnvironmentTests : PersonaTestBase
{
    [Fact]
    public async Task Open_WhoseConditionIsMet_IsSetUpAndToldAtTheSession()
    {
        await using var house = await FurnishedAsync();
        await SetAsync(house, "all", "variables: { HOUSE: 'of {user}', SAME: all }\nfileTypes: { text/plain: mousepad.desktop }");
        await SetAsync(house, "staff", """
            when: { group: staff }
            variables: { SAME: "staff's" }
            drives: [{ name: files, server: files.example, path: "homes/{user}" }]
            folders: { Documents: files/papers }
            shortcuts: [{ name: Intranet, url: "https://intranet.example/a b?c=$d%20e" }]
            tasks: [{ name: hello, run: "true" }]
            """);

        var ann = await house.OpenAsync("ann");
        var ben = await house.OpenAsync("ben");

        ann.Environment!.ShouldSatisfyAllConditions(has => has.SetUp.ShouldBeTrue(), has => has.Names.ShouldBe(["all", "staff"]), has => has.Problems.ShouldBeEmpty());
        ann.Timeline.ShouldContain(step => step.Name == "environment");
        ben.Environment!.Names.ShouldBe(["all"]);
        var hers = Host.Environments.Single(one => one.MachineId == Id(ann)).Request;
        hers.Variables.ShouldBe([new EnvironmentVariable("HOUSE", "of ann"), new EnvironmentVariable("SAME", "staff's")]);
        hers.Drives.Single().Path.ShouldBe("homes/ann");
        hers.Folders.ShouldBe([new RedirectedFolder("Documents", "files", "papers")]);
        hers.Shortcuts.Single().Command.ShouldBe("""gio open "https://intranet.example/a%%20b?c=\$d%%20e" """.TrimEnd());
        hers.Tasks.Select(task => task.Name).ShouldBe(["hello"]);
        Host.Environments.Single(one => one.MachineId == Id(ben)).Request.Variables.ShouldBe([new EnvironmentVariable("HOUSE", "of ben"), new EnvironmentVariable("SAME", "all")]);
    }

    [Fact]
    public async Task Open_FromAnAddress_MeetsWhatIsForIt()
    {
        await using var house = await FurnishedAsync();
        await SetAsync(house, "office", "when: { client: 10.0.0.0/8 }\nenabled: false");
        await SetAsync(house, "print", "when: { environment: office }\nprinting: { server: print.example }");

        (await house.Broker.OpenAsync("ann", "p", default, address: "::ffff:10.1.2.3")).Value.Environment!.Names.ShouldBe(["print"]);
        (await house.Broker.OpenAsync("ben", "p", default, address: "192.0.2.1")).Value.Environment!.Names.ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_ConditionsAboutTheDesktop_AreAskedThere()
    {
        await using var house = await FurnishedAsync();
        await SetAsync(house, "there", "when: { file: .config/x }\nvariables: { A: b }");
        await SetAsync(house, "not", "when: { variable: LANG=C }\nvariables: { A: b }");
        ExecRequest? asked = null;
        Host.OnExec = (_, request) =>
        {
            asked = request;
            return Task.FromResult<Outcome<ExecResult>>(new ExecResult(0, "yes\nno\n", "", false));
        };

        (await house.OpenAsync("ann")).Environment!.Names.ShouldBe(["there"]);

        asked!.Command.Skip(4).ShouldBe(["file:.config/x", "variable:LANG=C"], ignoreOrder: true);
    }

    [Fact]
    public async Task Open_WithAProblem_IsHandedOverAndTold()
    {
        await using var house = await FurnishedAsync();
        await SetAsync(house, "all", "drives: [{ name: files, server: files.example, path: all }]");
        Host.OnEnvironment = (_, _) => Task.FromResult<Outcome<EnvironmentReport>>(new EnvironmentReport([new EnvironmentProblem("drive files", "no route to host")]));

        (await house.OpenAsync("ann")).Environment!.Problems.Single().ShouldSatisfyAllConditions(problem => problem.Name.ShouldBe("drive files"), problem => problem.Fault.Why.ShouldBe("no route to host"));
        Host.OnEnvironment = (_, _) => Task.FromResult<Outcome<EnvironmentReport>>(new Fault(ErrorCode.AgentRefused, "The guest refuses."));
        (await house.OpenAsync("ben")).Environment!.Problems.Single().Fault.What.ShouldBe("The guest refuses.");

        (await house.EventKindsAsync()).Count(kind => kind == "environment.incomplete").ShouldBe(2);
    }

    [Fact]
    public async Task LogOff_WithTasks_RunsThoseOfItsLogonBeforeItsSettingsAreSaved()
    {
        await using var house = await FurnishedAsync();
        await SetAsync(house, "staff", "when: { group: staff }\ntasks: [{ name: bye, at: logoff, run: 'true', asSystem: true, timeoutSeconds: 7 }]");
        var (ann, ben) = (await house.OpenAsync("ann"), await house.OpenAsync("ben"));
        List<string> order = [];
        Host.OnEnvironment = (_, request) =>
        {
            order.Add(request.Tasks.Single().Name);
            return Task.FromResult<Outcome<EnvironmentReport>>(new EnvironmentReport([new EnvironmentProblem("task bye", "it took too long")]));
        };
        Personas.OnWork = (what, _) =>
        {
            order.Add(what);
            return Task.FromResult<Fault?>(null);
        };

        await house.LogOffAsync(ann);
        order.ShouldBe(["bye", "save"]);
        await house.LogOffAsync(ben);
        order.ShouldBe(["bye", "save", "save"]);
        (await house.EventKindsAsync()).Count(kind => kind == "environment.incomplete").ShouldBe(1);
    }

    [Fact]
    public async Task Display_ClosedAndOpenedAgain_RunsTheTasksForThat()
    {
        await using var house = await FurnishedAsync();
        await SetAsync(house, "all", "tasks: [{ name: lock, at: disconnect, run: 'true' }, { name: unlock, at: reconnect, run: 'true' }]");
        var ann = await house.OpenAsync("ann");
        Host.Environments.Clear();

        await house.Desk.DisplayAsync(ann.Id, opened: true);
        await house.Desk.DisplayAsync(ann.Id, opened: true);
        await house.Desk.DisplayAsync(ann.Id, opened: false);
        Host.Environments.ShouldBeEmpty();
        await house.Desk.DisplayAsync(ann.Id, opened: false);
        await RanAsync("lock");
        await house.Desk.DisplayAsync(ann.Id, opened: true);
        await RanAsync("lock", "unlock");
        await house.LogOffAsync(ann);
        await house.Desk.DisplayAsync(ann.Id, opened: false);

        await RanAsync("lock", "unlock");
    }

    [Fact]
    public async Task Open_FlexConfigWhoseConditionIsNotMet_IsNeitherBroughtNorSaved()
    {
        await using var house = await FurnishedAsync();
        (await house.Get<FlexConfigBook>().SetAsync("git", "displayName: Git\ninclude: [.gitconfig]\nwhen: { group: staff }", "test", default)).Fault.ShouldBeNull();

        await UseAsync(house, "ann", ("git", "ann's", 100));
        await UseAsync(house, "ben", ("git", "ben's", 100), ("ssh", "ben's", 100));

        Home(await house.OpenAsync("ann")).ShouldBe(["git: ann's"]);
        Home(await house.OpenAsync("ben")).ShouldBe(["ssh: ben's"]);
    }

    [Fact]
    public async Task Set_AndRemove_AreToldWithoutTheFile()
    {
        await using var house = await FurnishedAsync();
        await SetAsync(house, "all", "drives: [{ name: files, server: s, path: p, user: u, password: secret }]");
        (await house.Get<EnvironmentBook>().ListAsync(default)).Single().Yaml.ShouldContain("secret");
        (await house.Get<EnvironmentBook>().RemoveAsync("all", "test", default)).Fault.ShouldBeNull();
        (await house.Get<EnvironmentBook>().RemoveAsync("all", "test", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);

        (await house.EventKindsAsync()).ShouldContain("environment.removed");
        (await house.ReadAsync(context => context.Events.ToList())).ShouldAllBe(row => !$"{row.Message} {row.Before} {row.After}".Contains("secret"));
        (await house.OpenAsync("ann")).Environment.ShouldBeNull();
    }

    private Task RanAsync(params string[] tasks) =>
        Eventually.HoldsAsync(() => Task.FromResult(Host.Environments.Select(one => one.Request.Tasks.Single().Name).SequenceEqual(tasks)), string.Join(", ", tasks));

    private async Task<House> FurnishedAsync()
    {
        var house = await StartAsync();
        await house.AddPoolAsync(new CreatePoolRequest { Name = "p", Image = "micro", Version = "v1", Spare = 1, Maximum = 4, Persona = true }, "ann", "ben");
        (await house.Get<GroupBook>().AddAsync(new AddGroupRequest("staff"), "test", default)).Fault.ShouldBeNull();
        (await house.Get<GroupBook>().AddMemberAsync("staff", "ann", "test", default)).Fault.ShouldBeNull();
        return house;
    }

    private static async Task SetAsync(House house, string name, string yaml) => (await house.Get<EnvironmentBook>().SetAsync(name, $"displayName: {name}\n{yaml}", "test", default)).Fault.ShouldBeNull();
}
