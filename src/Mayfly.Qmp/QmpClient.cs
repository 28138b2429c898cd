using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Mayfly.Qmp;

/// <summary>
/// One QMP connection: one reader, one writer at a time, a table of commands under way by id, and waiters for events.
/// When the connection ends, every command and waiter fails with <see cref="QmpFailure.Disconnected"/>.
/// </summary>
/// <remarks>QEMU machine protocol, docs/interop/qmp-spec in the QEMU source.</remarks>
public sealed partial class QmpClient : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly ILogger _logger;
    private readonly QmpLineReader _lines;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonElement>> _pending = new();
    private readonly EventWaiters _waiters = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private Task _reading = Task.CompletedTask;
    private long _lastId;

    private QmpClient(Socket socket, Stream stream, ILogger logger, TimeProvider time)
    {
        _socket = socket;
        _logger = logger;
        _time = time;
        _lines = new QmpLineReader(stream);
    }

    /// <summary>Completes when the connection has ended, for whatever reason. Never faults.</summary>
    public Task Closed => _closed.Task;

    /// <summary>A connection that has ended already: the place of one that is still to be made.</summary>
    public static QmpClient Ended(ILogger logger, TimeProvider time)
    {
        var client = new QmpClient(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), Stream.Null, logger, time);
        client._reading = client.ReadAllAsync();
        return client;
    }

    /// <summary>
    /// Connects to a QMP socket, waits for the greeting and leaves negotiation mode. The socket may be bound before QEMU runs:
    /// the greeting is the sign that it does.
    /// </summary>
    /// <param name="path">Path of the socket.</param>
    /// <param name="logger">Gets what is not QMP.</param>
    /// <param name="time">Measures the deadlines.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="deadline">How long the greeting may take, and then the negotiation; <see cref="QmpDeadlines.Heavy"/> when null.</param>
    /// <exception cref="QmpException">Nobody listens, the peer closed, or no greeting came within the deadline.</exception>
    public static async Task<QmpClient> ConnectAsync(
        string path, ILogger logger, TimeProvider time, CancellationToken cancellationToken, TimeSpan? deadline = null)
    {
        var limit = deadline ?? QmpDeadlines.Heavy;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new QmpException(QmpFailure.Disconnected, $"Nobody listens on {path}.", inner: error);
        }

        var client = new QmpClient(socket, new NetworkStream(socket, ownsSocket: false), logger, time);
        client._reading = client.ReadAllAsync();
        try
        {
            await client.WithDeadlineAsync(client._greeted.Task, "greeting", limit, cancellationToken);
            await client.ExecuteAsync("qmp_capabilities", null, limit, cancellationToken);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one command.</summary>
    /// <param name="command">QMP command name.</param>
    /// <param name="arguments">Serialized as the command's arguments; null for none.</param>
    /// <param name="deadline">One of <see cref="QmpDeadlines"/>.</param>
    /// <param name="cancellationToken">Stops waiting; QEMU may still carry the command out.</param>
    /// <param name="descriptor">A file descriptor that travels with the command, or null. The caller keeps its own.</param>
    /// <returns>The command's return value.</returns>
    /// <exception cref="QmpException">QEMU refused, or no answer came.</exception>
    public async Task<JsonElement> ExecuteAsync(
        string command, object? arguments, TimeSpan deadline, CancellationToken cancellationToken, SafeHandle? descriptor = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var reply = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = reply;
        try
        {
            if (_closed.Task.IsCompleted)
                throw Disconnected(command);
            // A QEMU that stands still takes nothing once the socket is full; sending has the deadline too, and goes on behind our back.
            var sending = SendAsync(QmpCommandFrame.Encode(id, command, arguments), descriptor, command, cancellationToken);
            _ = sending.ContinueWith(failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            await WithDeadlineAsync(sending, command, deadline, cancellationToken);
            return await WithDeadlineAsync(reply.Task, command, deadline, cancellationToken);
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    /// <summary>The next event that fits. Registered before this method returns, so call it before the command that causes the event.</summary>
    /// <exception cref="QmpException">The connection ended first.</exception>
    public Task<QmpEvent> NextEventAsync(Func<QmpEvent, bool> fits, CancellationToken cancellationToken) =>
        _closed.Task.IsCompleted ? Task.FromException<QmpEvent>(Disconnected("event")) : _waiters.Add(fits, cancellationToken);

    /// <summary>Waits for something QEMU is to do, with a deadline as for a command.</summary>
    internal Task WithinAsync(Task happening, string what, TimeSpan deadline, CancellationToken cancellationToken) =>
        WithDeadlineAsync(happening, what, deadline, cancellationToken);

    /// <summary>Ends the connection. QEMU goes on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _socket.Dispose();
        await _reading;
        _closing.Dispose();
        _writing.Dispose();
    }

    private static QmpException Disconnected(string what) => new(QmpFailure.Disconnected, $"QEMU closed its control connection before answering '{what}'.");

    private async Task SendAsync(byte[] frame, SafeHandle? descriptor, string command, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (descriptor is not null)
                DescriptorPassing.Send(_socket, descriptor);
            // Not cancellable: half a frame would garble every command after it.
            await _socket.SendAsync(frame, SocketFlags.None, CancellationToken.None);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            throw new QmpException(QmpFailure.Disconnected, $"QEMU's control connection is gone; '{command}' was not sent.", inner: error);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<T> WithDeadlineAsync<T>(Task<T> reply, string what, TimeSpan deadline, CancellationToken cancellationToken)
    {
        await WithDeadlineAsync((Task)reply, what, deadline, cancellationToken);
        return await reply;
    }

    private async Task WithDeadlineAsync(Task reply, string what, TimeSpan deadline, CancellationToken cancellationToken)
    {
        try
        {
            await reply.WaitAsync(deadline, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new QmpException(QmpFailure.Timeout, $"QEMU did not answer '{what}' within {deadline.TotalSeconds:0} s.");
        }
    }

    private async Task ReadAllAsync()
    {
        try
        {
            while (await _lines.ReadAsync(_closing.Token) is { } line)
                Handle(line);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The end of the connection, by us or by QEMU.
        }
        catch (Exception error) when (error is JsonException or QmpException)
        {
            LogGarbage(error.Message);
        }
        finally
        {
            EndAll();
        }
    }

    private void Handle(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
            throw new QmpException(QmpFailure.Protocol, "A QMP message is not an object.");
        if (message.TryGetProperty("QMP", out _))
            _greeted.TrySetResult();
        else if (message.TryGetProperty("event", out var name))
            _waiters.Offer(new QmpEvent(name.GetString() ?? "", message.TryGetProperty("data", out var data) ? data : default));
        else if (message.TryGetProperty("id", out var id) && id.TryGetInt64(out var number) && _pending.TryGetValue(number, out var reply))
            Complete(reply, message);
    }

    private static void Complete(TaskCompletionSource<JsonElement> reply, JsonElement message)
    {
        if (message.TryGetProperty("return", out var value))
            reply.TrySetResult(value);
        else if (message.TryGetProperty("error", out var error))
            reply.TrySetException(QmpCommandFrame.ErrorOf(error));
        else
            reply.TrySetException(new QmpException(QmpFailure.Protocol, "A QMP answer has neither a value nor an error."));
    }

    private void EndAll()
    {
        // Closed for the peer too: one that floods us must not wait for ever on a socket nobody reads.
        _socket.Dispose();
        _closed.TrySetResult();
        _greeted.TrySetException(Disconnected("greeting"));
        _ = _greeted.Task.Exception; // Seen here, so that an unawaited greeting is not reported as unobserved.
        foreach (var reply in _pending.Values)
            reply.TrySetException(Disconnected("command"));
        _waiters.EndAll(Disconnected("event"));
    }

    [LoggerMessage(Level = LogLevel.Error, EventId = 100, Message = "QEMU's control connection carried something that is not QMP and was closed: {Reason}")]
    private partial void LogGarbage(string reason);
}
