using System.Net;
using Mayfly.Contracts;
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

namespace Mayfly.HostKit;

/// <summary>A host that serves a machine host without QEMU over the real wire, and the house that it joins.</summary>
public sealed class HostOfHouse : IAsyncDisposable
{
    public static readonly HostLeaseTimes Lease = new(TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(200)) { Fence = TimeSpan.FromSeconds(2) };

    /// <summary>For what is lost by nobody, however busy the machine is.</summary>
    public static readonly HostLeaseTimes LongLease = Lease with { Length = TimeSpan.FromMinutes(1) };

    private readonly TemporaryDirectory _data = new();
    private readonly List<IAsyncDisposable> _made = [];
    private WebApplication? _app;
    private int _port;

    private HostOfHouse() => Shipping = new FakeShipping(Files);

    public HouseAuthority Authority { get; } = HouseAuthority.Create(TimeProvider.System);

    public FakeMachineHost Machines { get; } = new();

    public FakeHostFiles Files { get; } = new();

    public FakeShipping Shipping { get; }

    public FakeImageLibrary Images { get; } = new();

    public FakePersonaLibrary Personas { get; } = new();

    public HostIdentity Identity { get; private set; } = null!;

    /// <summary>How long it takes itself for a part of its house still.</summary>
    public TimeSpan? LeaseLeft => _app!.Services.GetRequiredService<HostLease>().Left;

    public JoinToken Token => Identity.Invite("127.0.0.1", _port);

    public static async Task<HostOfHouse> StartAsync(bool join = true)
    {
        var host = new HostOfHouse();
        await host.RestartAsync();
        if (join) _ = (await JoinAsync(host.Token, host.Authority)).Value;
        return host;
    }

    public static async Task<Outcome<Done>> JoinAsync(JoinToken token, HouseAuthority authority)
    {
        var asked = await HostJoining.AskAsync(token, CancellationToken.None);
        if (!asked.TryGet(out var joining, out var fault)) return fault;
        using (joining) return await joining.GiveAsync("h1", new HouseTrust(authority), CancellationToken.None);
    }

    /// <summary>Starts it, again where it was.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        Identity = HostIdentity.Open(_data.Root, TimeProvider.System);
        // A hundred of them in a process: none needs to hear of files that change.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(new IPEndPoint(IPAddress.Loopback, _port), listen => listen.UseHostTls(Identity)));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IImageLibrary>(Images).AddSingleton<IPersonaLibrary>(Personas).AddFakeExchange(Files, Shipping);
        builder.Services.AddSingleton<IMachineHost>(Machines).AddHostDoor(Identity, _data.Root);
        _app = builder.Build();
        _app.UseHostDoor();
        await _app.StartAsync();
        _port = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    /// <summary>What an administrator does to a host whose house is gone.</summary>
    public void ForgetHouse() => File.Delete(Path.Combine(_data.Root, "host", "certificate.pem"));

    /// <summary>From now on its certificate can not be written.</summary>
    public void BlockCertificate()
    {
        ForgetHouse();
        Directory.CreateDirectory(Path.Combine(_data.Root, "host", "certificate.pem", "in-the-way"));
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
    public RemoteHost Dial(long term = 1, HouseAuthority? authority = null, int? port = null, string name = "h1", HostLeaseTimes? lease = null) =>
        Dial(new HouseMember(new HouseTrust(authority ?? Authority), term, TimeProvider.System), port, name, lease);

    /// <summary>The same for a member of the house.</summary>
    public RemoteHost Dial(HouseMember member, int? port = null, string name = "h1", HostLeaseTimes? lease = null)
    {
        var remote = new RemoteHost(name, new Uri($"https://127.0.0.1:{port ?? _port}/"), member, lease ?? Lease, (_, _) => { }, TimeProvider.System, NullLogger.Instance);
        _made.Add(remote);
        remote.Start([]);
        return remote;
    }

    /// <summary>The same, once it has been heard.</summary>
    public async Task<RemoteHost> HearAsync(long term = 1, int? port = null, HostLeaseTimes? lease = null)
    {
        var remote = Dial(term, port: port, lease: lease);
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
