using System.Runtime.CompilerServices;
using Mayfly.Contracts.Api;
using Mayfly.Control.Machines;

namespace Mayfly.Control.Tests.Machines;

public sealed class StateTests
{
    [Fact]
    public void Table_EveryState_IsInItAndLeadsToStatesOfIt()
    {
        foreach (var state in Enum.GetValues<MachineState>())
        {
            MachineStates.After(state).ShouldNotContain(state);
            MachineStates.After(state).ShouldBeUnique();
            MachineStates.CanMove(state, state).ShouldBeTrue();
        }
    }

    [Fact]
    public void Table_EveryState_CanEndInDeletingAndNothingFollowsIt()
    {
        foreach (var state in Enum.GetValues<MachineState>()) MachineStates.CanMove(state, MachineState.Deleting).ShouldBeTrue();
        MachineStates.After(MachineState.Deleting).ShouldBeEmpty();
    }

    [Fact]
    public void Table_AlreadyUsed_NeverLeadsToALentOrFreeMachine() =>
        MachineStates.After(MachineState.AlreadyUsed).ShouldNotContain(state => MachineStates.IsSettled(state));

    [Fact]
    public void Document_States_ShowsTheTable()
    {
        var shown = File.ReadLines(Path.Combine(Root(), "docs", "machines.md")).Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 5 && Enum.TryParse<MachineState>(cells[1], out _))
            .ToDictionary(cells => Enum.Parse<MachineState>(cells[1]), cells => (Meaning: cells[2], After: cells[3]));
        shown.Keys.ShouldBe(Enum.GetValues<MachineState>(), ignoreOrder: true);
        foreach (var (state, (meaning, after)) in shown)
        {
            meaning.ShouldNotBeEmpty();
            after.ShouldBe(state == MachineState.Deleting ? "nothing: it is gone" : string.Join(", ", MachineStates.After(state)), state.ToString());
        }
    }

    [Fact]
    public void MoveTo_WhatTheTableDoesNotHave_Throws()
    {
        var row = new MachineRow { Id = "a", Name = "a", Pool = "p", Image = "micro", Version = "v1", CreatedAt = DateTimeOffset.UnixEpoch };
        row.MoveTo(MachineState.Deleting);
        Should.Throw<InvalidOperationException>(() => row.MoveTo(MachineState.Available));
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
