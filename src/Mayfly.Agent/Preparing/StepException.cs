namespace Mayfly.Agent.Preparing;

/// <summary>A step of ClonePrep failed; the message begins with its name.</summary>
internal sealed class StepException(string step, Exception cause) : Exception($"{step}: {cause.Message}", cause);
