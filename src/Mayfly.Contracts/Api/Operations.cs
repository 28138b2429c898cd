namespace Mayfly.Contracts.Api;

/// <summary>A long job: build, import or publish. Read again, or follow as server-sent events under <c>/operations/{id}/events</c>.</summary>
/// <param name="Id">Operation id.</param>
/// <param name="Kind">"build", "import" or "publish".</param>
/// <param name="Target">What it works on, such as "xfce" or "xfce@1a2b3c4d".</param>
/// <param name="State">"running", "succeeded" or "failed".</param>
/// <param name="Step">What it is doing now, a short phrase.</param>
/// <param name="Percent">0 to 100 as far as known.</param>
/// <param name="StartedAt">Start.</param>
/// <param name="FinishedAt">End, or null while running.</param>
/// <param name="Steps">Steps finished so far with their seconds.</param>
/// <param name="Fault">Why it failed, or null.</param>
/// <param name="Result">What it made, such as the image version, or null.</param>
public sealed record OperationView(
    string Id, string Kind, string Target, string State, string Step, double Percent, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt,
    IReadOnlyList<OperationStep> Steps, Fault? Fault, string? Result);

/// <summary>A finished step.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record OperationStep(string Name, double Seconds);
