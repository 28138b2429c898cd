using Mayfly.Contracts;
using Mayfly.Contracts.Api;
using Mayfly.Control.Events;

namespace Mayfly.Control.Tests.Pools;

public sealed class ErrorRuleTests : HouseTestBase
{
    private static readonly Fault Silence = new(ErrorCode.AgentSilent, "The agent said nothing.");

    [Fact]
    public async Task Attempts_MachineFails_IsTriedSoOftenUnderTheSameName()
    {
        Host.OnProvision = (_, _) => Task.FromResult<Fault?>(Silence);
        await using var house = await StartAsync();
        await house.AddPoolAsync(Pool() with { Attempts = 2, StopOnError = true });
        await house.MachineHoldsAsync("p-1", m => m.State == MachineState.ProvisioningError, "it has failed for good");
        Host.Provisioned.Select(request => request.Hostname).ShouldBe(["p-1", "p-1"]);
        Host.Provisioned.Select(request => request.MachineId).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task StopOnError_FirstFailure_StopsThePoolUntilItIsEnabled()
    {
        Host.OnProvision = (_, _) => Task.FromResult<Fault?>(Silence);
        await using var house = await StartAsync();
        await house.AddPoolAsync(Pool() with { Attempts = 1, StopOnError = true });
        await house.PoolHoldsAsync("p", p => p.Problem?.Code == ErrorCode.PoolStopped, "it is stopped");
        var problem = (await house.PoolAsync()).Problem!;
        (problem.Why, problem.Remedy).ShouldBe(("Too many machines failed. The agent said nothing.", "Enable it: mayfly pool enable p"));
        (await house.EventKindsAsync()).ShouldContain(EventKinds.PoolStopped);
        (await house.Machines.ForkAsync("p", default)).Fault!.Code.ShouldBe(ErrorCode.PoolStopped);
        Host.OnProvision = (_, _) => Task.FromResult<Fault?>(null);
        await house.ChangeAsync("p", settings => settings);
        await house.AvailableAsync("p", 1);
        (await house.PoolAsync()).Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Stop_HouseStartedAgain_IsRemembered()
    {
        Host.OnProvision = (_, _) => Task.FromResult<Fault?>(Silence);
        var first = await StartAsync();
        await first.AddPoolAsync(Pool() with { Attempts = 1, StopOnError = true }, "ann");
        await first.PoolHoldsAsync("p", p => p.Problem?.Code == ErrorCode.PoolStopped, "it is stopped");
        await first.DisposeAsync();
        await using var second = await StartAsync();
        (await second.PoolAsync()).Problem!.Code.ShouldBe(ErrorCode.PoolStopped);
        (await second.Broker.OpenAsync("ann", "p", default)).Fault!.Code.ShouldBe(ErrorCode.PoolExhausted);
    }

    [Fact]
    public async Task Threshold_FewMachines_SaysNothingYet()
    {
        Host.OnProvision = (_, _) => Task.FromResult<Fault?>(Silence);
        await using var house = await StartAsync();
        await house.AddPoolAsync(Pool(4) with { Attempts = 1 });
        await house.PoolHoldsAsync("p", p => p.Problem?.Code == ErrorCode.AgentSilent, "the problem shows");
        (await house.ReadAsync(context => context.Pools.Single().StoppedBy)).ShouldBeNull();
    }

    [Fact]
    public async Task Threshold_TooManyOfTheLast_StopsThePool()
    {
        Host.OnProvision = (_, _) => Task.FromResult<Fault?>(Silence);
        await using var house = await StartAsync(o => o with { ForkLimit = 10 });
        await house.AddPoolAsync(Pool(6) with { Attempts = 1 });
        await house.PoolHoldsAsync("p", p => p.Problem?.Code == ErrorCode.PoolStopped, "it is stopped");
    }

    [Fact]
    public async Task Refusal_ByTheHost_IsNoFailureOfAMachine()
    {
        Host.OnProvision = (_, _) => Task.FromResult<Fault?>(new Fault(ErrorCode.HostMemoryLow, "Too little memory."));
        await using var house = await StartAsync();
        await house.AddPoolAsync(Pool() with { Attempts = 1, StopOnError = true });
        await house.PoolHoldsAsync("p", p => p.Problem?.Code == ErrorCode.HostMemoryLow, "the problem shows");
        Host.OnProvision = (_, _) => Task.FromResult<Fault?>(null);
        await house.AvailableAsync("p", 1);
        (await house.EventKindsAsync()).ShouldContain(EventKinds.MachineRefused);
        (await house.EventKindsAsync()).ShouldNotContain(EventKinds.MachineFailed);
        (await house.PoolAsync()).Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Provisioning_Disabled_MakesNothingAndLeavesWhatThereIs()
    {
        await using var house = await StartAsync();
        await house.AddPoolAsync(Pool(), "ann", "ben");
        await house.AvailableAsync("p", 1);
        await house.ChangeAsync("p", settings => settings with { ProvisioningEnabled = false });
        (await house.OpenAsync("ann")).Machine.ShouldBe("p-1");
        var fault = (await house.Broker.OpenAsync("ben", "p", default)).Fault!;
        (fault.Code, fault.Why).ShouldBe((ErrorCode.PoolExhausted, "An administrator has disabled provisioning."));
        Host.Provisioned.Count.ShouldBe(1);
    }

    private static CreatePoolRequest Pool(int spare = 1) => new() { Name = "p", Image = "micro", Spare = spare, Maximum = 10 };
}
