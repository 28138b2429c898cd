using System.Text.Json;
using Mayfly.Contracts;
using Mayfly.Contracts.Agent;

namespace Mayfly.Engine.Guests;

public sealed partial class AgentConnection
{
    // What is around a request in its frame is short.
    private const int MostBytes = AgentFrame.MaxBytes - 1024;

    // Everything but drives and tasks takes seconds, and has limits of its own.
    private static readonly TimeSpan EnvironmentGrace = TimeSpan.FromMinutes(2);

    /// <summary>Has the guest set up what a house gives a session. The guest itself gives up what takes longer than the request says.</summary>
    public async Task<Outcome<EnvironmentReport>> SetEnvironmentAsync(EnvironmentRequest request, CancellationToken cancellationToken) => TooLarge(request) is { } fault
        ? fault
        : await AskAsync(AgentVerbs.Environment, request, AgentJson.Default.EnvironmentRequest, LongestOf(request), AgentJson.Default.EnvironmentReport, GuestText.Check, cancellationToken).ConfigureAwait(false);

    private static Fault? TooLarge(EnvironmentRequest request) => JsonSerializer.SerializeToUtf8Bytes(request, AgentJson.Default.EnvironmentRequest).Length is var bytes && bytes > MostBytes
        ? new Fault(ErrorCode.InvalidRequest, "There is too much in the environments of this session.", $"Together they have {bytes} bytes; {MostBytes} is the most.", "Give fewer environments to one logon.")
        : null;

    private static TimeSpan LongestOf(EnvironmentRequest request) => TimeSpan.FromSeconds(request.DriveSeconds + request.Tasks.Sum(task => task.TimeoutSeconds)) + EnvironmentGrace;
}
