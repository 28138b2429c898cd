using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Mayfly.Qmp.Tests;

/// <summary>Plays QEMU's side of a QMP socket, line by line, as a test scripts it.</summary>
internal sealed class FakeQemu : IDisposable
{
    public const string Greeting = """{"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}}, "capabilities": ["oob"]}}""";
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mfq");
    private Socket? _peer;
    private StreamReader? _reader;

    public FakeQemu()
    {
        Path = System.IO.Path.Combine(_directory.FullName, "qmp.sock");
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen();
    }

    public string Path { get; }

    /// <summary>Accepts, greets and answers the capabilities negotiation.</summary>
    public async Task GreetAsync()
    {
        await AcceptAsync();
        await SayAsync(Greeting);
        await AnswerAsync("{}");
    }

    public async Task AcceptAsync()
    {
        _peer = await _listener.AcceptAsync();
        _reader = new StreamReader(new NetworkStream(_peer));
    }

    /// <summary>Reads one command.</summary>
    public async Task<JsonElement> HearAsync() => JsonElement.Parse((await ReadCommandAsync()).Trim());

    /// <summary>Reads one command and returns a value for it.</summary>
    public async Task<JsonElement> AnswerAsync(string value)
    {
        var command = await HearAsync();
        await SayAsync($$"""{"return": {{value}}, "id": {{command.GetProperty("id")}}}""");
        return command;
    }

    public Task SayAsync(string line) => SayRawAsync(line + "\r\n");

    public async Task SayRawAsync(string text) => await _peer!.SendAsync(Encoding.UTF8.GetBytes(text));

    public void HangUp() => _peer!.Dispose();

    public void Dispose()
    {
        _peer?.Dispose();
        _listener.Dispose();
        _directory.Delete(recursive: true);
    }

    /// <summary>Commands carry no line end; a JSON object ends where its braces balance.</summary>
    private async Task<string> ReadCommandAsync()
    {
        var text = new StringBuilder();
        var one = new char[1];
        var depth = 0;
        while (await _reader!.ReadAsync(one) == 1)
        {
            text.Append(one[0]);
            depth += one[0] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0 && one[0] == '}')
                return text.ToString();
        }

        throw new EndOfStreamException("The client hung up.");
    }
}
