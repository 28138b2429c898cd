using Mayfly.Contracts;
using Mayfly.Contracts.Api;

namespace Mayfly.Cli.Client;

internal sealed partial class MayflyClient
{
    /// <summary>Machines; null leaves a filter open.</summary>
    public Task<Outcome<List<MachineView>>> MachinesAsync(string? pool, MachineState? state, string? user, string? host, string? search, CancellationToken token) =>
        AllAsync<MachineView>(Query.Of("machines", ("pool", pool), ("state", state?.ToString()), ("user", user), ("host", host), ("search", search)), token);

    public Task<Outcome<MachineView>> MachineAsync(string machine, CancellationToken token) =>
        GetAsync<MachineView>($"machines/{Part(machine)}", token);

    public Task<Outcome<MachineView>> ForkMachineAsync(string pool, CancellationToken token) =>
        SendAsync<MachineView>(HttpMethod.Post, PoolPath(pool, "machines"), null, token);

    public Task<Outcome<ExecMachineResult>> ExecAsync(string machine, ExecMachineRequest request, CancellationToken token) =>
        SendAsync<ExecMachineResult>(HttpMethod.Post, $"machines/{Part(machine)}/exec", request, token);

    public Task<Outcome<Done>> DeleteMachineAsync(string machine, CancellationToken token) =>
        SendAsync(HttpMethod.Delete, $"machines/{Part(machine)}", token);

    public Task<Outcome<MachineView>> ResetMachineAsync(string machine, CancellationToken token) =>
        ActAsync(HttpMethod.Post, machine, "reset", token);

    public Task<Outcome<MachineView>> RestartMachineAsync(string machine, CancellationToken token) =>
        ActAsync(HttpMethod.Post, machine, "restart", token);

    public Task<Outcome<MachineView>> RecoverMachineAsync(string machine, CancellationToken token) =>
        ActAsync(HttpMethod.Post, machine, "recover", token);

    public Task<Outcome<MachineView>> RebuildMachineAsync(string machine, CancellationToken token) =>
        ActAsync(HttpMethod.Post, machine, "rebuild", token);

    public Task<Outcome<MachineView>> BeginMaintenanceAsync(string machine, CancellationToken token) =>
        ActAsync(HttpMethod.Put, machine, "maintenance", token);

    public Task<Outcome<MachineView>> EndMaintenanceAsync(string machine, CancellationToken token) =>
        ActAsync(HttpMethod.Delete, machine, "maintenance", token);

    public Task<Outcome<MachineView>> AssignMachineAsync(string machine, string user, CancellationToken token) =>
        ActAsync(HttpMethod.Put, machine, $"owner/{Part(user)}", token);

    public Task<Outcome<MachineView>> UnassignMachineAsync(string machine, CancellationToken token) =>
        ActAsync(HttpMethod.Delete, machine, "owner", token);

    private Task<Outcome<MachineView>> ActAsync(HttpMethod method, string machine, string action, CancellationToken token) =>
        SendAsync<MachineView>(method, $"machines/{Part(machine)}/{action}", null, token);
}
