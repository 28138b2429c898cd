namespace Mayfly.HouseVmTests.Hosts;

/// <summary>Whether a house and its hosts agree: each machine is once, runs where it is said to be, and no other is there.</summary>
internal static class Agreement
{
    /// <summary>Waits until they do.</summary>
    public static Task ReachedAsync(LocalApi house, IReadOnlyCollection<TestHost> hosts) => Clock.UntilAsync(
        async () =>
        {
            if (await TryMachinesAsync(house) is not { } machines) return false;
            return machines.TrueForAll(machine => machine.Operation is null && machine.State is MachineState.Available or MachineState.Disconnected)
                && hosts.All(host => IsSo(host, machines.FindAll(machine => machine.Host == host.Name)));
        },
        "the house and its hosts agree", 60);

    /// <summary>The machines, or null while nobody answers: a server that has just begun to stand by does not know the active one yet.</summary>
    public static async Task<List<MachineView>?> TryMachinesAsync(LocalApi house)
    {
        try
        {
            return await house.MachinesAsync();
        }
        catch (Exception error) when (LocalApi.IsInterruption(error))
        {
            return null;
        }
    }

    private static bool IsSo(TestHost host, List<MachineView> machines) =>
        machines.Select(machine => machine.Id).Order().SequenceEqual(host.MachineIds.Order()) && machines.TrueForAll(machine => host.Processes.Contains(machine.ProcessId!.Value));
}
