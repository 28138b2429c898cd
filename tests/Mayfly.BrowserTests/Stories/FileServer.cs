using System.Diagnostics;
using System.Net.Sockets;

namespace Mayfly.BrowserTests.Stories;

/// <summary>A real Samba server with one share, at an address of this host that guests reach as they reach anything outside.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    /// <summary>Its address: one that is kept for examples, so that nothing real has it.</summary>
    public const string Address = "192.0.2.77";

    public const string User = "nobody";

    public const string Password = "open-the-files";

    private readonly string _directory = Directory.CreateTempSubdirectory("mayfly-samba-").FullName;
    private readonly Process _server;

    private FileServer(int port)
    {
        Port = port;
        Directory.CreateDirectory(Share);
        File.WriteAllText(Configuration, Text());
        Run("smbpasswd", ["-c", Configuration, "-s", "-a", User], $"{Password}\n{Password}\n");
        Run("ip", ["address", "add", $"{Address}/32", "dev", "lo"]);
        _server = Process.Start("smbd", ["--foreground", "--no-process-group", $"--configfile={Configuration}"]);
    }

    public int Port { get; }

    /// <summary>The share as this host sees it.</summary>
    public string Share => Path.Combine(_directory, "share");

    private string Configuration => Path.Combine(_directory, "smb.conf");

    /// <summary>Starts one and returns once it takes connections.</summary>
    public static async Task<FileServer> StartAsync()
    {
        var server = new FileServer(Ports.Free());
        await Clock.UntilAsync(server.AnswersAsync, "the file server takes connections");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _server.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
        _server.Dispose();
        Run("ip", ["address", "delete", $"{Address}/32", "dev", "lo"]);
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(Address, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Text() =>
        $"""
        [global]
        server role = standalone server
        smb ports = {Port}
        interfaces = {Address}/32
        bind interfaces only = yes
        passdb backend = smbpasswd:{_directory}/passwords
        private dir = {_directory}
        lock directory = {_directory}
        state directory = {_directory}
        cache directory = {_directory}
        pid directory = {_directory}
        ncalrpc dir = {_directory}/rpc
        log file = {_directory}/log
        load printers = no
        printing = bsd
        disable spoolss = yes

        [staff]
        path = {Share}
        read only = no
        valid users = {User}
        force user = root

        """;

    private static void Run(string program, string[] arguments, string input = "")
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, program);
    }
}
