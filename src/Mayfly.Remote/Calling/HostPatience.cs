using Mayfly.Contracts;
using Polly;
using Polly.Retry;
using DoneOutcome = Mayfly.Contracts.Outcome<Mayfly.Contracts.Done>;

namespace Mayfly.Remote.Calling;

/// <summary>
/// Asks a host what has to be done in the end. A connection that broke, such as that of a host that was cut off for a moment, says nothing of the
/// host: its lease does.
/// </summary>
internal sealed class HostPatience(MachineMirror mirror, TimeProvider time, CancellationToken ended)
{
    private readonly ResiliencePipeline<DoneOutcome> _again = new ResiliencePipelineBuilder<DoneOutcome> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<DoneOutcome>
    {
        ShouldHandle = arguments => ValueTask.FromResult(mirror.Lost is null && arguments.Outcome.Result.Fault is { Code: ErrorCode.HostUnreachable }),
        MaxRetryAttempts = int.MaxValue,
        Delay = TimeSpan.FromMilliseconds(500),
    }).Build();

    /// <summary>Asks until the host answers or is lost.</summary>
    /// <param name="ask">What can be asked more than once.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, or the house does not talk to the host any more.</exception>
    public async Task<DoneOutcome> AskAsync(Func<Task<DoneOutcome>> ask, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended, cancellationToken);
        return await _again.ExecuteAsync(async _ => await ask(), either.Token);
    }
}
