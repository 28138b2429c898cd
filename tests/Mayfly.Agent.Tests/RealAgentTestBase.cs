using System.Diagnostics;
using System.Net.Sockets;
using Mayfly.Engine.Guests;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mayfly.Agent.Tests;

/// <summary>Starts the agent program itself, as its own process, on a unix socket in place of the virtio port, with a folder in place of the guest's files.</summary>
public abstract class RealAgentTestBase : IAsyncLifetime
{
    /// <summary>The folder.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("mayfly-agent-").FullName;

    /// <summary>The agent.</summary>
    protected Process AgentProcess { get; private set; } = null!;

    /// <summary>The host's end of the channel.</summary>
    protected AgentConnection Host { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var path = Path.Combine(Folder, "channel");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        Directory.CreateDirectory(Path.Combine(Folder, "proc"));
        await File.WriteAllTextAsync(Path.Combine(Folder, "proc/stat"), "cpu  1 0 1 100 0 0 0 0 0 0\n", Token);
        var binary = Environment.GetEnvironmentVariable("MAYFLY_AGENT_BINARY") ?? Path.Combine(AppContext.BaseDirectory, "mayfly-agent");
        AgentProcess = Process.Start(new ProcessStartInfo(binary, ["--channel", path, "--root", Folder]))!;
        Host = AgentConnection.Attach(new NetworkStream(await listener.AcceptAsync(Token), ownsSocket: true), NullLogger.Instance, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await AgentProcess.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        AgentProcess.Dispose();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
