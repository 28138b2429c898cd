using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Mayfly.Control.Personas;

namespace Mayfly.Control.Tests.Personas;

/// <summary>What a program has written, made a Flex config.</summary>
public sealed class FlexConfigRecorderTests : PersonaTestBase
{
    [Theory]
    [InlineData("./.config/inkscape/preferences.xml", "include:\n- .config/inkscape")]
    [InlineData("./.config/xfce4/notes/default", "include:\n- .config/xfce4/notes")]
    [InlineData("./.local/share/inkscape/a/b", "include:\n- .local/share/inkscape")]
    [InlineData("./.inkrc", "include:\n- .inkrc")]
    [InlineData("./.config/inkrc", "include:\n- .config/inkrc")]
    [InlineData("./.ink/rc ./.ink/deep/Cache/x ./.ink/deep/Cache/y", "include:\n- .ink\nexclude:\n- .ink/deep/Cache")]
    [InlineData("./.config/xfce4/xfconf/xfce-perchannel-xml/xfce4-notes.xml", "xfconf:\n- xfce4-notes")]
    public void Propose_OfWhatWasWritten_NamesTheFolderOfItsProgram(string files, string yaml) =>
        WrittenFiles.Propose(files.Split(' '), []).Yaml.ReplaceLineEndings("\n").ShouldContain(yaml);

    [Theory]
    [InlineData("./.cache/inkscape/x")]
    [InlineData("./.local/share/recently-used.xbel")]
    [InlineData("./.xsession-errors")]
    [InlineData("./Documents/letter")]
    [InlineData("./.gitconfig")]
    [InlineData("./.config/thing-1/rc")]
    public void Propose_OfWhatIsNobodysOrAnothers_LeavesItOut(string file) =>
        WrittenFiles.Propose([file], [new FlexConfig { Name = "git", Include = [".gitconfig", ".config/thing-*"] }]).Files.ShouldBeEmpty();

    [Fact]
    public async Task Record_AProgram_ProposesWhatCanBeImported()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2);
        await house.AvailableAsync("p", 1);
        var machine = (await house.Machines.FindAsync("p-1", default)).Value.Name;
        Host.OnExec = (_, request) => Task.FromResult<Outcome<ExecResult>>(request.Command[2].Contains("find") ? new ExecResult(0, "./.config/inkscape/rc\n./.gitconfig\n", "", false) : new ExecResult(0, "", "", false));

        (await house.Get<FlexConfigRecorder>().BeginAsync(machine, "test", default)).Fault.ShouldBeNull();
        var proposal = (await house.Get<FlexConfigRecorder>().ProposeAsync(machine, "test", default)).Value;

        proposal.Known.ShouldBe(["git"]);
        proposal.Files.ShouldBe([".config/inkscape/rc"]);
        (await house.Get<FlexConfigBook>().SetAsync("inkscape", proposal.Yaml, "test", default)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Propose_WithoutARecording_SaysSo()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync("p", 1, 2);
        await house.AvailableAsync("p", 1);
        Host.OnExec = (_, _) => Task.FromResult<Outcome<ExecResult>>(new ExecResult(3, "", "", false));

        (await house.Get<FlexConfigRecorder>().ProposeAsync("p-1", "test", default)).Fault!.Code.ShouldBe(ErrorCode.MachineStateWrong);
        (await house.Get<FlexConfigRecorder>().ProposeAsync("nowhere", "test", default)).Fault!.Code.ShouldBe(ErrorCode.NotFound);
    }
}
