namespace Mayfly.Remote.Wire;

/// <summary>Something a host can be asked for: <c>POST /v1/NAME</c> with a JSON body, answered with JSON or with a fault.</summary>
/// <typeparam name="TRequest">What is sent.</typeparam>
/// <typeparam name="TAnswer">What success yields.</typeparam>
/// <param name="Name">Path below <c>/v1/</c>.</param>
/// <param name="Limit">How long it may take; none for what waits for somebody, or tells how far it is.</param>
internal sealed record HostCall<TRequest, TAnswer>(string Name, TimeSpan Limit);

/// <summary>The same for what takes long: answered line by line, each a <see cref="Told{TProgress, TAnswer}"/>, the answer last.</summary>
/// <typeparam name="TRequest">What is sent.</typeparam>
/// <typeparam name="TProgress">How far it is.</typeparam>
/// <typeparam name="TAnswer">What success yields.</typeparam>
/// <param name="Name">Path below <c>/v1/</c>.</param>
internal sealed record LongHostCall<TRequest, TProgress, TAnswer>(string Name)
    where TProgress : class
    where TAnswer : class;

/// <summary>A line of a long answer.</summary>
/// <param name="Progress">How far it is; null in the last line.</param>
/// <param name="Answer">The answer; null before, and for a fault.</param>
/// <param name="Fault">What stood in the way, or null.</param>
/// <param name="Sequence">As in <see cref="WireHeaders.Sequence"/>, in the last line.</param>
internal sealed record Told<TProgress, TAnswer>(TProgress? Progress, TAnswer? Answer, Contracts.Fault? Fault, long Sequence)
    where TProgress : class
    where TAnswer : class;

internal static class WireHeaders
{
    /// <summary>In each request but those to join: the term of the server that sends it. A host answers none of an older term than the last it has heard of.</summary>
    public const string Term = "Mayfly-Term";

    /// <summary>In each answer: the number of the last change of a machine that was told when it was given. Whoever has heard of that one has heard of what was asked.</summary>
    public const string Sequence = "Mayfly-Sequence";
}
