using System.Text.Json;
using Mayfly.Contracts;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.Guests;

public sealed partial class AgentConnection
{
    private async Task RunAsync()
    {
        // Attach returns at once even when the channel has bytes waiting.
        await Task.Yield();
        var reading = GuardAsync(ReadFramesAsync);
        var writing = GuardAsync(WriteFramesAsync);
        await Task.WhenAll(reading, writing).ConfigureAwait(false);
        _closed.TrySetResult();
    }

    // Either loop's end is the end of the connection, and says why.
    private async Task GuardAsync(Func<CancellationToken, Task<Fault>> loop)
    {
        try
        {
            End(await loop(_closing.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The other side of this connection ended it and said why.
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            End(new Fault(ErrorCode.AgentSilent, "The agent channel broke.", problem.Message));
        }
        catch (Exception problem) when (problem is InvalidDataException or JsonException)
        {
            End(new Fault(ErrorCode.AgentProtocol, "The guest agent broke the protocol; the connection was closed.", GuestText.OneLine(problem.Message)));
        }
        catch (Exception problem)
        {
            LogBug(_logger, problem);
            End(new Fault(ErrorCode.AgentProtocol, "The agent channel failed inside this host.", problem.GetType().Name, "Report this with the server's log."));
        }
    }

    private async Task<Fault> ReadFramesAsync(CancellationToken cancellationToken)
    {
        while (await FrameCodec.ReadAsync(_channel, cancellationToken).ConfigureAwait(false) is { } frame)
        {
            if (_waiting.TryRemove(frame.Id, out var waiter))
            {
                waiter.TrySetResult(frame);
                continue;
            }
            // Late answers are natural, one for each frame sent; more than that is a flood.
            if (++_strays > StrayAllowance + Interlocked.Read(ref _framesSent))
                return new Fault(ErrorCode.AgentProtocol, "The guest agent flooded its channel with answers nobody asked for; the connection was closed.");
        }
        return new Fault(ErrorCode.AgentSilent, "The agent channel was closed from the guest's side.", "The machine stopped or its agent channel was cut.");
    }

    private async Task<Fault> WriteFramesAsync(CancellationToken cancellationToken)
    {
        await foreach (var frame in _outgoing.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await _channel.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
            await _channel.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        return new Fault(ErrorCode.AgentSilent, "The agent channel was closed by this host.");
    }

    // The first reason stands; every waiter gets it.
    private void End(Fault why)
    {
        if (Interlocked.CompareExchange(ref _end, why, null) is not null)
            return;
        LogEnd(_logger, why.Code, why.What);
        _outgoing.Writer.TryComplete();
        _closing.Cancel();
        _channel.Dispose();
        foreach (var id in _waiting.Keys)
        {
            if (_waiting.TryRemove(id, out var waiter))
                waiter.TrySetResult(why);
        }
    }

    [LoggerMessage(EventId = 3102, Level = LogLevel.Debug, Message = "Agent channel ended: [{Code}] {Reason}")]
    private static partial void LogEnd(ILogger logger, ErrorCode code, string reason);

    [LoggerMessage(EventId = 3103, Level = LogLevel.Error, Message = "Agent channel failed unexpectedly.")]
    private static partial void LogBug(ILogger logger, Exception exception);
}
