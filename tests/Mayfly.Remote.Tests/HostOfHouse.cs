using System.Net;
using System.Net.Sockets;
using Mayfly.Engine;
using Mayfly.Remote.Calling;
using Mayfly.Remote.Serving;
using Mayfly.Remote.Trust;
using Mayfly.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayfly.Remote.Tests;

/// <summary>A host that serves a machine host without QEMU over the real wire, and the house that it joins.</summary>
internal sealed class HostOfHouse : IAsyncDisposable
{
    public static readonly LeaseTimes Lease = new(TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(200));

    private readonly TemporaryDirectory _data = new();
    private readonly List<IAsyncDisposable> _made = [];
    private WebApplication? _app;
    private int _port;

    public HouseAuthority Authority { get; } = HouseAuthority.Create(TimeProvider.System);

    public FakeMachineHost Machines { get; } = new();

    public HostIdentity Identity { get; private set; } = null!;

    /// <summary>How far the host's own lease is.</summary>
    public HostLease OwnLease => _app!.Services.GetRequiredService<HostLease>();

    public JoinToken Token => Identity.Invite("127.0.0.1", _port);

    public static async Task<HostOfHouse> StartAsync(bool join = true)
    {
        var host = new HostOfHouse();
        await host.RestartAsync();
        if (join) (await HostJoining.JoinAsync(host.Token, "h1", host.Authority, TestContext.Current.CancellationToken)).Fault.ShouldBeNull();
        return host;
    }

    /// <summary>Starts it, again where it was.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        Identity = HostIdentity.Open(_data.Root, TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(new IPEndPoint(IPAddress.Loopback, _port), listen => listen.UseHostTls(Identity)));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IMachineHost>(Machines).AddHostDoor(Identity, _data.Root);
        _app = builder.Build();
        _app.UseHostDoor();
        await _app.StartAsync();
        _port = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    public async Task StopAsync()
    {
        if (_app is null) return;
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>The host as a server of the house has it.</summary>
    public RemoteHost Dial(long term = 1, HouseAuthority? authority = null, int? port = null, string id = "h1")
    {
        var member = new HouseMember(authority ?? Authority, term, TimeProvider.System);
        var remote = new RemoteHost(id, "first", new Uri($"https://127.0.0.1:{port ?? _port}/"), member, Lease, TimeProvider.System, NullLogger.Instance);
        _made.Add(remote);
        remote.Start([]);
        return remote;
    }

    /// <summary>The same, once it has been heard.</summary>
    public async Task<RemoteHost> HearAsync(long term = 1, int? port = null)
    {
        var remote = Dial(term, port: port);
        await remote.Heard.WaitAsync(TimeSpan.FromSeconds(30));
        return remote;
    }

    public async Task<Cable> CableAsync() => await Cable.ToAsync(_port);

    public async ValueTask DisposeAsync()
    {
        foreach (var made in _made) await made.DisposeAsync();
        await StopAsync();
        Authority.Dispose();
        _data.Dispose();
    }
}

/// <summary>The network between two ends, which can be pulled.</summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _port;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _plugged = new();
    private Task _accepting = Task.CompletedTask;

    private Cable(int port)
    {
        _port = port;
        _plugged.SetResult();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static Task<Cable> ToAsync(int port)
    {
        var cable = new Cable(port);
        cable._listener.Start();
        cable._accepting = cable.AcceptAsync();
        return Task.FromResult(cable);
    }

    /// <summary>From now on nothing arrives, and nobody is told.</summary>
    public void Pull()
    {
        lock (_lock) _plugged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>All arrives again.</summary>
    public void Plug()
    {
        lock (_lock) _plugged.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Plug();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var near = await _listener.AcceptTcpClientAsync(_end.Token);
            _ = CarryAsync(near);
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using (near)
        using (var far = new TcpClient())
        {
            await far.ConnectAsync(IPAddress.Loopback, _port, _end.Token);
            await Task.WhenAny(CopyAsync(near.GetStream(), far.GetStream()), CopyAsync(far.GetStream(), near.GetStream()));
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, _end.Token) is > 0 and var count)
        {
            Task plugged;
            lock (_lock) plugged = _plugged.Task;
            await plugged;
            await to.WriteAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }
}
