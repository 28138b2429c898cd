using Mayfly.Contracts.Api;

namespace Mayfly.Control.Access;

/// <summary>What decides who may see a machine's screen, and how.</summary>
/// <param name="Pool">The machine's pool.</param>
/// <param name="SessionUser">Whose the session asked about is; null when it is over, or not on this machine, or none was asked about.</param>
/// <param name="Clipboard">Which way text may be copied.</param>
public sealed record ScreenFacts(string Pool, string? SessionUser, ClipboardRule Clipboard);
