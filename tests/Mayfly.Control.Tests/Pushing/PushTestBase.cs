using Mayfly.Contracts.Api;
using Mayfly.Control.Access;
using Mayfly.Control.Pushing;
using Mayfly.TestKit;

namespace Mayfly.Control.Tests.Pushing;

/// <summary>What tests of pushes have in common.</summary>
public abstract class PushTestBase : HouseTestBase
{
    internal static async Task<PushView> BeginAsync(House house, PushImageRequest? request = null) =>
        (await house.Get<PushDesk>().BeginAsync("p", request ?? new PushImageRequest { Version = "v2" }, "test", default)).Value;

    internal static async Task<PushView> PushAsync(House house) => (await house.PoolAsync()).Push!;

    internal static Task StateAsync(House house, PushState state) =>
        Eventually.HoldsAsync(async () => (await PushAsync(house)).State == state, $"the push is {state}");

    /// <summary>All machines of the pool are ready or in use, and of one version.</summary>
    internal static Task AllOfAsync(House house, string version, int count) => Eventually.HoldsAsync(
        async () => (await house.Machines.ListAsync(PoolScope.House, default)) is var all && all.Count == count
            && all.All(m => m.Version == version && m.State is MachineState.Available or MachineState.Disconnected), $"{count} machines of {version}");
}
