using System.Diagnostics;

namespace Mayfly.HouseVmTests.Hosts;

/// <summary>A network namespace for one host, with a cable to this one that can be cut, in one direction or both.</summary>
internal sealed class HostNetwork : IAsyncDisposable
{
    private readonly string _name;
    private readonly string _near;
    private readonly int _number;

    // Another run of tests on this computer has others.
    private HostNetwork(int number) => (_number, _name, _near) =
        ((4 * Environment.ProcessId + number) % 60, $"mayfly-test-{Environment.ProcessId}-{number}", $"mft{Environment.ProcessId}-{number}");

    /// <summary>Address of the host in it.</summary>
    public string Address => $"192.0.2.{4 * _number + 2}";

    /// <summary>How a program is started in it.</summary>
    public IReadOnlyList<string> Prefix => ["nsenter", $"--net=/run/netns/{_name}", "--"];

    private string Server => $"192.0.2.{4 * _number + 1}";

    /// <summary>Makes one.</summary>
    /// <param name="number">1 to 3, another for each.</param>
    public static async Task<HostNetwork> MakeAsync(int number)
    {
        var network = new HostNetwork(number);
        await network.TryRemoveAsync();
        await IpAsync("netns", "add", network._name);
        await IpAsync("link", "add", network._near, "type", "veth", "peer", "name", "uplink", "netns", network._name);
        await IpAsync("address", "add", $"{network.Server}/30", "dev", network._near);
        await IpAsync("link", "set", network._near, "up");
        await IpAsync("-n", network._name, "address", "add", $"{network.Address}/30", "dev", "uplink");
        await IpAsync("-n", network._name, "link", "set", "uplink", "up");
        await IpAsync("-n", network._name, "link", "set", "lo", "up");
        return network;
    }

    /// <summary>Nothing arrives in either direction.</summary>
    public Task CutAsync() => IpAsync("link", "set", _near, "down");

    /// <summary>What the host is told arrives; what it says does not.</summary>
    public Task CutAnswersAsync() => IpAsync("-n", _name, "route", "add", "blackhole", $"{Server}/32");

    /// <summary>Everything arrives again.</summary>
    public async Task HealAsync()
    {
        await IpAsync("link", "set", _near, "up");
        _ = await RunAsync("-n", _name, "route", "del", "blackhole", $"{Server}/32");
    }

    public async ValueTask DisposeAsync() => await TryRemoveAsync();

    private Task<int> TryRemoveAsync() => RunAsync("netns", "delete", _name);

    private static async Task IpAsync(params string[] arguments)
    {
        if (await RunAsync(arguments) is not 0 and var code) throw new InvalidOperationException($"ip {string.Join(' ', arguments)} ended with {code}.");
    }

    private static async Task<int> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        _ = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
