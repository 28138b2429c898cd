using Mayfly.Contracts.Agent;

namespace Mayfly.VmTests;

public sealed class SilentAgentTests(Micro micro) : SideTest(micro)
{
    // A program's parent in the guest is the agent.
    private const string StopAgent = "kill -STOP $PPID";

    [Fact]
    public async Task Exec_WhenTheAgentHasStopped_EndsAtItsDeadline()
    {
        var clone = await ForkAsync();

        var stopping = await Machines.ExecAsync(clone.MachineId, new ExecRequest(["sh", "-c", StopAgent], TimeoutSeconds: 1), Token);

        stopping.Fault!.Code.ShouldBe(ErrorCode.AgentSilent);
        await Machines.DestroyAsync(clone.MachineId);
        Traces.Runs(clone.ProcessId).ShouldBeFalse();
    }

    [Fact]
    public async Task ClonePrep_WhenTheAgentStops_EndsAtItsDeadlineAndLeavesNothing()
    {
        var data = MakeData();
        await using var engine = await data.StartAsync(options => options.ClonePrepDeadline = TimeSpan.FromSeconds(5));
        var started = 0;

        var fault = (await engine.TryForkAsync(Image, new PostSyncScript(["sh", "-c", StopAgent], TimeoutSeconds: 1), running => started = running.ProcessId)).Fault;

        fault!.Code.ShouldBe(ErrorCode.AgentSilent);
        Traces.Runs(started).ShouldBeFalse();
        Directory.EnumerateFileSystemEntries(data.Machines).ShouldBeEmpty();
        (await engine.TryForkAsync(Image)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task Exec_AfterTheAgentWasKilled_AnswersAgain()
    {
        var clone = await ForkAsync();

        // The guest's init starts it anew, and the host need not notice.
        await Engine.SignalAgentAsync(clone, "KILL");

        (await RunAsync(clone, "hostname")).ShouldBe(clone.Hostname);
    }
}
