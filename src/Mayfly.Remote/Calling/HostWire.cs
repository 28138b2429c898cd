using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Remote.Wire;

namespace Mayfly.Remote.Calling;

/// <summary>Asks a host over the network. Whatever is wrong between here and there is the fault HostUnreachable, with what was wrong.</summary>
internal sealed class HostWire : IDisposable
{
    private const int LongestAnswer = 16 * 1024 * 1024;

    private readonly string _name;
    private readonly Func<SocketsHttpHandler> _connect;
    private readonly Uri _address;
    private readonly string? _term;
    private volatile Connections _connections;

    /// <param name="name">What the host is called in faults.</param>
    /// <param name="address">Where it answers.</param>
    /// <param name="connect">Makes connections to it.</param>
    /// <param name="term">Term of the server, or null to join.</param>
    public HostWire(string name, Uri address, Func<SocketsHttpHandler> connect, long? term)
    {
        (_name, _address, _connect, _term) = (name, new Uri(address, "/v1/"), connect, term?.ToString(CultureInfo.InvariantCulture));
        _connections = new Connections(connect());
    }

    private HttpClient Client => _connections.Client;

    /// <summary>Asks.</summary>
    public async Task<Outcome<TAnswer>> AskAsync<TRequest, TAnswer>(HostCall<TRequest, TAnswer> call, TRequest request, CancellationToken cancellationToken) =>
        (await AskNumberedAsync(call, request, cancellationToken)).TryGet(out var answered, out var fault) ? answered.Answer : fault;

    /// <summary>Asks, and gives the answer with the number of the last change it knows of.</summary>
    public Task<Outcome<(TAnswer Answer, long Sequence)>> AskNumberedAsync<TRequest, TAnswer>(HostCall<TRequest, TAnswer> call, TRequest request, CancellationToken cancellationToken) =>
        TryAsync(call.Limit, async token =>
        {
            using var message = Message(HttpMethod.Post, call.Name, JsonContent.Create(request, options: WireJson.Options));
            using var response = await Client.SendAsync(message, HttpCompletionOption.ResponseContentRead, token);
            if (await FaultOfAsync(response, token) is { } fault) return (Outcome<(TAnswer, long)>)fault;
            var answer = await response.Content.ReadFromJsonAsync<TAnswer>(WireJson.Options, token);
            return (answer ?? throw new JsonException("The answer is empty."), SequenceOf(response));
        }, cancellationToken);

    /// <summary>Asks for what takes long, and tells how far it is meanwhile.</summary>
    public Task<Outcome<(TAnswer Answer, long Sequence)>> AskNumberedAsync<TRequest, TProgress, TAnswer>(
        LongHostCall<TRequest, TProgress, TAnswer> call, TRequest request, Action<TProgress>? onProgress, CancellationToken cancellationToken)
        where TProgress : class
        where TAnswer : class => TryAsync(Timeout.InfiniteTimeSpan, async token =>
        {
            using var message = Message(HttpMethod.Post, call.Name, JsonContent.Create(request, options: WireJson.Options));
            using var response = await Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, token);
            if (await FaultOfAsync(response, token) is { } refused) return (Outcome<(TAnswer, long)>)refused;
            await foreach (var line in LinesAsync<Told<TProgress, TAnswer>>(response, token))
            {
                if (line.Fault is { } fault) return fault;
                if (line.Answer is { } answer) return (answer, line.Sequence);
                if (line.Progress is { } progress) onProgress?.Invoke(progress);
            }

            throw new HttpIOException(HttpRequestError.ResponseEnded, "The answer broke off.");
        }, cancellationToken);

    /// <summary>Reads what is told line by line until the host ends it, or the connection does, which throws.</summary>
    public async IAsyncEnumerable<T> ReadAsync<T>(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var message = Message(HttpMethod.Get, path, null);
        using var response = await Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (await FaultOfAsync(response, cancellationToken) is { } fault) throw new HttpRequestException(fault.ToString());
        await foreach (var line in LinesAsync<T>(response, cancellationToken)) yield return line;
    }

    /// <summary>Sends bytes, and gives the answer. It may take as long as it moves.</summary>
    public Task<Outcome<TAnswer>> UploadAsync<TAnswer>(string path, Stream content, CancellationToken cancellationToken) =>
        TryAsync(Timeout.InfiniteTimeSpan, async token =>
        {
            using var message = Message(HttpMethod.Post, path, new StreamContent(content));
            using var response = await Client.SendAsync(message, HttpCompletionOption.ResponseContentRead, token);
            if (await FaultOfAsync(response, token) is { } fault) return (Outcome<TAnswer>)fault;
            return await response.Content.ReadFromJsonAsync<TAnswer>(WireJson.Options, token) ?? throw new JsonException("The answer is empty.");
        }, cancellationToken);

    /// <summary>Receives bytes, and has them read.</summary>
    /// <param name="path">Of what.</param>
    /// <param name="read">Reads them, with their number if that is told.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<Outcome<T>> DownloadAsync<T>(string path, Func<Stream, long?, CancellationToken, Task<Outcome<T>>> read, CancellationToken cancellationToken) =>
        DownloadAsync(Message(HttpMethod.Get, path, null), read, cancellationToken);

    /// <summary>The same for bytes that what is sent tells of.</summary>
    public Task<Outcome<T>> DownloadAsync<TRequest, T>(string path, TRequest request, Func<Stream, long?, CancellationToken, Task<Outcome<T>>> read, CancellationToken cancellationToken) =>
        DownloadAsync(Message(HttpMethod.Post, path, JsonContent.Create(request, options: WireJson.Options)), read, cancellationToken);

    /// <summary>Opens a stream of bytes both ways.</summary>
    public Task<Outcome<Stream>> OpenAsync(string path, CancellationToken cancellationToken) => TryAsync<Stream>(TimeSpan.FromSeconds(15), async token =>
    {
        var socket = new ClientWebSocket { Options = { HttpVersion = HttpVersion.Version20, HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact, CollectHttpResponseDetails = true } };
        socket.Options.SetRequestHeader(WireHeaders.Term, _term);
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(_address, path)) { Scheme = Uri.UriSchemeWss }.Uri, _connections.Invoker, token);
            return WebSocketStream.Create(socket, WebSocketMessageType.Binary, TimeSpan.FromSeconds(2));
        }
        catch (WebSocketException exception) when (socket.HttpStatusCode == HttpStatusCode.Conflict)
        {
            socket.Dispose();
            return new Fault(ErrorCode.MachineStateWrong, $"The screen can not be opened on '{_name}'.", exception.Message);
        }
    }, cancellationToken);

    /// <summary>Whatever is asked from now on goes over connections of its own; what is on its way goes on over those there are.</summary>
    public void Reconnect()
    {
        var before = _connections;
        _connections = new Connections(_connect());
        // Connections end with the last request on them. A client that is disposed of would cancel those, so it is not.
        before.Invoker.Dispose();
    }

    public void Dispose()
    {
        _connections.Client.Dispose();
        _connections.Invoker.Dispose();
    }

    private Task<Outcome<T>> DownloadAsync<T>(HttpRequestMessage message, Func<Stream, long?, CancellationToken, Task<Outcome<T>>> read, CancellationToken cancellationToken) =>
        TryAsync(Timeout.InfiniteTimeSpan, async token =>
        {
            using (message)
            using (var response = await Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, token))
            {
                if (await FaultOfAsync(response, token) is { } fault) return fault;
                await using var body = await response.Content.ReadAsStreamAsync(token);
                return await read(body, response.Content.Headers.ContentLength, token);
            }
        }, cancellationToken);

    private HttpRequestMessage Message(HttpMethod method, string path, HttpContent? content)
    {
        var message = new HttpRequestMessage(method, new Uri(_address, path)) { Content = content, Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (_term is not null) message.Headers.Add(WireHeaders.Term, _term);
        return message;
    }

    private async Task<Outcome<T>> TryAsync<T>(TimeSpan limit, Func<CancellationToken, Task<Outcome<T>>> work, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await work(either.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is HttpRequestException or IOException or JsonException or WebSocketException or OperationCanceledException)
        {
            if (exception.InnerException is AuthenticationException refused)
                return new Fault(ErrorCode.HostUntrusted, $"The host '{_name}' could not prove who it is.", refused.Message, "See whether another host has its address now.");
            return Unreachable(deadline.IsCancellationRequested ? "It gave no answer in time." : exception.InnerException?.Message ?? exception.Message);
        }
    }

    private Fault Unreachable(string why) => new(ErrorCode.HostUnreachable, $"The host '{_name}' does not answer.", why, "See whether it runs and can be reached.");

    private async Task<Fault?> FaultOfAsync(HttpResponseMessage response, CancellationToken cancellationToken) => response.StatusCode switch
    {
        HttpStatusCode.OK => null,
        HttpStatusCode.Conflict => await response.Content.ReadFromJsonAsync<Fault>(WireJson.Options, cancellationToken),
        HttpStatusCode.Forbidden => new Fault(ErrorCode.HostUntrusted, $"The host '{_name}' does not take this server for one of its house."),
        HttpStatusCode.NotFound => new Fault(ErrorCode.InvalidRequest, $"The host '{_name}' does not know what it is asked.", "It is of another version of Mayfly.", "Upgrade it."),
        var other => Unreachable($"It answered with status {(int)other}."),
    };

    private static long SequenceOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues(WireHeaders.Sequence, out var values) && long.TryParse(values.First(), out var sequence) ? sequence : 0;

    /// <summary>The lines of an answer that goes on and on. A host may be in the hands of a stranger: none is longer than a whole answer may be.</summary>
    private static async IAsyncEnumerable<T> LinesAsync<T>(HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(await response.Content.ReadAsStreamAsync(cancellationToken), new StreamPipeReaderOptions(bufferSize: 1 << 16));
        try
        {
            for (var ended = false; !ended;)
            {
                var read = await reader.ReadAsync(cancellationToken);
                var rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    yield return Line<T>(rest.Slice(0, end));
                    rest = rest.Slice(rest.GetPosition(1, end));
                }

                if (rest.Length > LongestAnswer) throw new InvalidDataException("A line is too long.");
                ended = read.IsCompleted;
                reader.AdvanceTo(rest.Start, rest.End);
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static T Line<T>(ReadOnlySequence<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return JsonSerializer.Deserialize<T>(ref reader, WireJson.Options) ?? throw new JsonException("A line is empty.");
    }

    private sealed class Connections(SocketsHttpHandler handler)
    {
        public HttpMessageInvoker Invoker { get; } = new(handler);

        public HttpClient Client { get; } = new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestAnswer };
    }
}
