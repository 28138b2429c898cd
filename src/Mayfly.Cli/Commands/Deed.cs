using Mayfly.Contracts;

namespace Mayfly.Cli.Commands;

/// <summary>Something being done whose success carries nothing.</summary>
/// <param name="Doing">The request.</param>
/// <param name="Sentence">What people read once it is done.</param>
/// <param name="Json">What programs read then.</param>
internal sealed record Deed(Task<Outcome<Done>> Doing, string Sentence, object Json);
