using Mayfly.Contracts;
using Mayfly.Engine;
using Mayfly.Remote.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mayfly.Remote.Serving;

/// <summary>Serves this host's machines: <see cref="IMachineHost"/>, call by call.</summary>
internal sealed class MachineDoor(IMachineHost host, MachineLedger ledger)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map(ledger, MachineCalls.Provision, (asked, tell, token) => MakeAsync(asked.MachineId, tell, show => host.ProvisionAsync(asked, show, token)));
        routes.Map(ledger, MachineCalls.Start, (asked, tell, token) => MakeAsync(asked.MachineId, tell, show => host.StartAsync(asked.MachineId, show, token)));
        routes.Map(ledger, MachineCalls.Stop, (asked, _) => NotedAsync(asked.MachineId, host.StopAsync(asked.MachineId, asked.Grace)));
        routes.Map(ledger, MachineCalls.Exec, (asked, token) => host.ExecAsync(asked.MachineId, asked.Request, token));
        routes.Map(ledger, MachineCalls.HasSound, async (asked, token) => await host.HasSoundAsync(asked.MachineId, token));
        routes.Map(ledger, MachineCalls.Capture, (asked, token) => host.CaptureAsync(asked.MachineId, asked.Width, token));
        routes.Map(ledger, MachineCalls.SetScreen, (asked, token) => host.SetScreenAsync(asked.MachineId, asked.Width, asked.Height, token));
        routes.Map(ledger, MachineCalls.Attach, (asked, token) => NotedAsync(asked.MachineId, host.AttachAsync(asked.MachineId, asked.Wanted, token)));
        routes.Map(ledger, MachineCalls.Release, (asked, token) => NotedAsync(asked.MachineId, host.ReleaseAsync(asked.MachineId, asked.Grace, token)));
        routes.Map(ledger, MachineCalls.AwaitLaunch, (asked, token) => host.AwaitLaunchAsync(asked.MachineId, asked.Launchers, token));
        routes.Map(ledger, MachineCalls.WatchPrograms, (asked, token) => host.WatchProgramsAsync(asked.MachineId, asked.Parts, token));
        routes.Map(ledger, MachineCalls.AwaitProgram, (asked, token) => host.AwaitProgramAsync(asked.MachineId, asked.Ended, token));
        routes.Map(ledger, MachineCalls.SetEnvironment, (asked, token) => host.SetEnvironmentAsync(asked.MachineId, asked.Request, token));
        routes.Map(ledger, MachineCalls.Destroy, (asked, _) => NotedAsync(asked.MachineId, DestroyAsync(asked.MachineId)));
        routes.Map(ledger, MachineCalls.Expect, (asked, _) => Task.FromResult(Expect(asked)));
        routes.Map(ledger, MachineCalls.Measure, async (_, token) => await host.MeasureAsync(token));
        routes.Map(ledger, MachineCalls.Examine, (_, token) => host.ExamineAsync(token));
        routes.MapGet(HostCalls.Watch, WatchAsync);
    }

    /// <summary>Machines that are being made are shown as they become, and noted once they are, or are not.</summary>
    private async Task<Outcome<HostMachine>> MakeAsync(string machineId, Action<HostMachine> tell, Func<Action<HostMachine>, Task<Outcome<HostMachine>>> make)
    {
        try
        {
            return await make(machine =>
            {
                ledger.Note(machineId);
                tell(machine);
            });
        }
        finally
        {
            ledger.Note(machineId);
        }
    }

    private async Task<Outcome<T>> NotedAsync<T>(string machineId, Task<Outcome<T>> work)
    {
        try
        {
            return await work;
        }
        finally
        {
            ledger.Note(machineId);
        }
    }

    private async Task<Outcome<Done>> DestroyAsync(string machineId)
    {
        await host.DestroyAsync(machineId);
        return Done.Yes;
    }

    private Outcome<Done> Expect(IReadOnlyList<ShellsAsked> asked)
    {
        host.Expect(asked.ToDictionary(wanted => wanted.Image, wanted => wanted.Shells));
        return Done.Yes;
    }

    private async Task WatchAsync(HttpContext context)
    {
        // One line after the other: a server that does not read is further and further behind, which the ledger ends.
        await foreach (var told in ledger.WatchAsync(context.RequestAborted)) await LineWriter.WriteAsync(context.Response, told);
    }
}
