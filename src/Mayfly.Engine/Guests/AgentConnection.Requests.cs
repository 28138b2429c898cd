using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;
using Microsoft.Extensions.Logging;

namespace Mayfly.Engine.Guests;

public sealed partial class AgentConnection
{
    /// <summary>What a guest gets on top of the time limit it keeps itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private async Task<Outcome<AgentFrame>> AskAsync(string verb, JsonElement? body, TimeSpan deadline, TimeSpan? resend, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = Interlocked.Increment(ref _lastId);
        var wire = FrameCodec.Encode(new AgentFrame { Id = id, Verb = verb, Body = body });
        var waiter = new TaskCompletionSource<Outcome<AgentFrame>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = waiter;
        // Read after the entry is in the table: whoever ends the connection either sees the entry or is seen here.
        if (Volatile.Read(ref _end) is { } ended)
            waiter.TrySetResult(ended);
        try
        {
            return await WaitAsync(waiter.Task, wire, deadline, resend, cancellationToken).ConfigureAwait(false) is { } answer
                ? answer
                : new Fault(ErrorCode.AgentSilent, $"The guest agent did not answer {verb} within {deadline.TotalSeconds:0.#} s.",
                    "The guest is stuck, still starting, or has no agent.", "Look at the machine's console log.");
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    // Null when the deadline passed. A frame that finds the queue full is not sent: the deadline tells.
    private async Task<Outcome<AgentFrame>?> WaitAsync(
        Task<Outcome<AgentFrame>> answer, byte[] wire, TimeSpan deadline, TimeSpan? resend, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        while (true)
        {
            if (_outgoing.Writer.TryWrite(wire))
                Interlocked.Increment(ref _framesSent);
            var left = deadline - _time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
                return answer.IsCompleted ? await answer.ConfigureAwait(false) : default(Outcome<AgentFrame>?);
            try
            {
                return await answer.WaitAsync(resend < left ? resend.Value : left, _time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException) when (resend < left)
            {
                // Ask again: a guest that had not opened its port may never have seen it.
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }

    private Outcome<T> Read<T>(Outcome<AgentFrame> answer, JsonTypeInfo<T> type, Func<T, T?> check) where T : class
    {
        if (!answer.TryGet(out var frame, out var fault))
            return fault;
        if (frame.Error is { } error)
            return new Fault(ErrorCode.AgentRefused, "The guest agent could not do what was asked.", GuestText.OneLine(error));
        try
        {
            if (frame.Body?.Deserialize(type) is { } body && check(body) is { } result)
                return result;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            LogMalformedAnswer(_logger, problem.GetType().Name);
        }
        var broken = new Fault(ErrorCode.AgentProtocol, "The guest agent's answer is malformed; the connection was closed.");
        End(broken);
        return broken;
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "The guest agent's answer is malformed ({Problem}).")]
    private static partial void LogMalformedAnswer(ILogger logger, string problem);
}
